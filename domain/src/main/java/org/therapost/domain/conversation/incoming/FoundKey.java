package org.therapost.domain.conversation.incoming;

/**
 * An OpenPGP certificate that came with a mail, not looked at yet. The author's own signature (RFC 6376) covers it.
 *
 * @param encoded packets or ASCII armor
 */
public record FoundKey(byte[] encoded, Place place) {

    public FoundKey {
        encoded = encoded.clone();
    }

    @Override
    public byte[] encoded() {
        return encoded.clone();
    }

    /** Where in the mail it stood. */
    public enum Place {
        /** In the field {@code Autocrypt}, which names the author. */
        FIELD,
        /** In an attached file: it is the author's only if one of its user IDs names the author. */
        ATTACHMENT,
        /** In such a file, but what makes it one is a field of the header section that is not signed. */
        LOOSE_ATTACHMENT
    }

    @Override
    public String toString() {
        return "FoundKey[" + place + ", " + encoded.length + " octets]";
    }
}
