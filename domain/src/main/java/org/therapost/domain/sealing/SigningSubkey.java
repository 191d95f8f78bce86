package org.therapost.domain.sealing;

/**
 * With what the server signs the mail of a thread that leaves. It opens nothing, and certifies no other key. At rest the secret half
 * is sealed with the server key.
 *
 * @param certificate the thread's certificate, of which the subkey is a part
 * @param secret the secret subkey packet without passphrase (RFC 9580 section 5.5.1.4)
 */
public record SigningSubkey(Certificate certificate, byte[] secret) {

    @Override
    public String toString() {
        return "SigningSubkey[" + certificate + "]";
    }
}
