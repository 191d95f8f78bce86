package org.therapost.openpgp;

import java.security.SecureRandom;

/** The AES-256 key of one message. */
record SessionKey(byte[] octets) {

    private static final int SIZE = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    static SessionKey fresh() {
        return new SessionKey(random(SIZE));
    }

    static byte[] random(int size) {
        byte[] random = new byte[size];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "SessionKey";
    }
}
