package org.therapost.domain.sealing;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A key that authenticates and opens nothing: HMAC-SHA-256 (RFC 2104). */
public final class AuthenticationKey {

    /** Octets of a tag. */
    public static final int TAG = 32;

    private final SecretKeySpec key;

    AuthenticationKey(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA256");
    }

    /** A tag over parts. Each counts with its length, so that no two lists of parts have one tag. */
    public byte[] tag(byte[]... parts) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            for (byte[] part : parts) {
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).flip());
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", broken);
        }
    }

    @Override
    public String toString() {
        return "AuthenticationKey";
    }
}
