package org.therapost.domain.sealing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A secret of 32 octets that seals and makes pseudonyms: AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D section
 * 8.2.2), with keys derived from it by HMAC-SHA-256.
 */
public final class SymmetricKey {

    /** Octets of the secret. */
    public static final int SIZE = 32;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec sealing;
    private final SecretKeySpec pseudonyms;
    private final SecretKeySpec extracted;

    /**
     * Derives the working keys; the array may be wiped afterwards.
     *
     * @throws IllegalArgumentException if it has not exactly {@link #SIZE} octets
     */
    public SymmetricKey(byte[] secret) {
        if (secret.length != SIZE) {
            throw new IllegalArgumentException("a key has " + SIZE + " octets");
        }
        SecretKeySpec root = new SecretKeySpec(secret, "HmacSHA256");
        this.sealing = new SecretKeySpec(hmac(root, "therapost sealing v1", NOTHING), "AES");
        this.pseudonyms = new SecretKeySpec(hmac(root, "therapost pseudonyms v1", NOTHING), "HmacSHA256");
        // RFC 5869 section 2.2, with a salt of zeros.
        this.extracted =
                new SecretKeySpec(hmac(new SecretKeySpec(new byte[SIZE], "HmacSHA256"), "", secret), "HmacSHA256");
    }

    /** Octets for a new key. */
    public static byte[] generate() {
        byte[] secret = new byte[SIZE];
        RANDOM.nextBytes(secret);
        return secret;
    }

    /**
     * Seals octets.
     *
     * @param associated what must be said again when they are opened; it is not kept with them
     */
    public byte[] seal(byte[] plain, String associated) {
        try {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM is part of every JDK", broken);
        }
    }

    /**
     * Opens what {@link #seal} made.
     *
     * @throws SealedException if the key or the associated text is another one, or an octet was changed
     */
    public byte[] open(byte[] sealed, String associated) throws SealedException {
        if (sealed.length < NONCE) {
            throw new SealedException("too short to have been sealed");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(associated.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException wrong) {
            throw new SealedException("not sealed with this key for this purpose", wrong);
        }
    }

    /** A stable pseudonym, 32 octets: equal for equal octets and purpose, and useless to anyone without this key. */
    public byte[] pseudonym(byte[] octets, String purpose) {
        return hmac(pseudonyms, purpose + "\0", octets);
    }

    /** A key of its own for a purpose, by HKDF with SHA-256 (RFC 5869): nothing follows from one about another. */
    AuthenticationKey authentication(String purpose) {
        // RFC 5869 section 2.3: one block is as long as the key.
        return new AuthenticationKey(hmac(extracted, purpose, new byte[] {1}));
    }

    private static byte[] hmac(SecretKeySpec key, String text, byte[] more) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(text.getBytes(StandardCharsets.UTF_8));
            return mac.doFinal(more);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", broken);
        }
    }

    @Override
    public String toString() {
        return "SymmetricKey";
    }
}
