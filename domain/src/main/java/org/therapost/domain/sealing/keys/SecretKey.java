package org.therapost.domain.sealing.keys;

import java.util.Arrays;

/**
 * The secret half of a key in the clear: a transferable secret key without passphrase (RFC 9580 section 10.2). It lives
 * in memory only; {@link #close()} wipes it.
 */
public final class SecretKey implements AutoCloseable {

    private final byte[] encoded;

    /** Takes over the array: {@link #close()} will wipe it. */
    public SecretKey(byte[] encoded) {
        this.encoded = encoded;
    }

    /** The octets themselves, not a copy. */
    public byte[] expose() {
        return encoded;
    }

    /** Another one of the same octets, to be closed for itself. */
    public SecretKey copy() {
        return new SecretKey(encoded.clone());
    }

    @Override
    public void close() {
        Arrays.fill(encoded, (byte) 0);
    }

    @Override
    public String toString() {
        return "SecretKey[" + encoded.length + " octets]";
    }
}
