package org.therapost.domain.sealing.keys;

/**
 * A thread's secret key sealed to one reader: a binary OpenPGP message whose content is the transferable secret key, so
 * that stock {@code gpg} with the reader's key recovers it.
 *
 * @param readerKeyId key ID of the reader's encryption subkey
 */
public record SealedKey(long readerKeyId, byte[] octets) {

    @Override
    public String toString() {
        return "SealedKey[" + octets.length + " octets]";
    }
}
