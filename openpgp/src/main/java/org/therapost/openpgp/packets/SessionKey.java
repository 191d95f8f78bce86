package org.therapost.openpgp.packets;

import java.security.SecureRandom;

/** The AES-256 key of one message. */
public record SessionKey(byte[] octets) {

    private static final int SIZE = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public static SessionKey fresh() {
        return new SessionKey(random(SIZE));
    }

    public static byte[] random(int size) {
        byte[] random = new byte[size];
        RANDOM.nextBytes(random);
        return random;
    }

    @Override
    public String toString() {
        return "SessionKey";
    }
}
