package org.therapost.domain.sealing.keys;

import java.util.Arrays;

/** The key that a right password yields, 32 octets: it opens the therapist's {@link LockedKey} and nothing else. */
public final class PasswordKey implements AutoCloseable {

    private final byte[] octets;

    /** Takes over the array. */
    public PasswordKey(byte[] octets) {
        if (octets.length != 32) {
            throw new IllegalArgumentException("a password key has 32 octets");
        }
        this.octets = octets;
    }

    /** The octets themselves, not a copy. */
    public byte[] expose() {
        return octets;
    }

    @Override
    public void close() {
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public String toString() {
        return "PasswordKey";
    }
}
