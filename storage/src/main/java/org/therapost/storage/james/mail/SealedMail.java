package org.therapost.storage.james.mail;

/**
 * A mail at rest.
 *
 * @param size octets of the message before it was sealed
 */
public record SealedMail(byte[] envelope, byte[] content, long size) {

    @Override
    public String toString() {
        return "SealedMail[" + size + " octets]";
    }
}
