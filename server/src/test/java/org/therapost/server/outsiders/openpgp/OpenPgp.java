package org.therapost.server.outsiders.openpgp;

import java.io.IOException;

/** An OpenPGP program that is not ours, as a person uses it. */
public interface OpenPgp extends AutoCloseable {

    /** Makes a key with the program's defaults and keeps it; returns the certificate. */
    byte[] newKey(String address) throws IOException;

    /**
     * Takes in a secret key.
     *
     * @param passphrase its protection; empty if it has none
     */
    void take(byte[] secretKey, String passphrase) throws IOException;

    /** Decrypts with the keys at hand. */
    byte[] open(byte[] message) throws IOException;

    /**
     * Decrypts, and fails unless the message has one good signature by a key of this certificate.
     *
     * @param certificate binary
     */
    byte[] openSigned(byte[] message, byte[] certificate) throws IOException;

    @Override
    void close() throws IOException;
}
