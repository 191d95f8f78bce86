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
 * The server's own key. It rests in a file outside the database and protects what the server must be able to read
 * without a therapist present: the mail queue, addresses and names of clients, folder names. A database dump without
 * this file shows none of them.
 *
 * <p>AES-256-GCM with a random 96-bit nonce (NIST SP 800-38D section 8.2.2), keys derived by HMAC-SHA-256 from the
 * 32 octets of the file.
 */
public final class SpoolKey {

    /** Octets in the file. */
    public static final int SIZE = 32;

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] NOTHING = {};
    private static final SecureRandom RANDOM = new SecureRandom();

    private final SecretKeySpec sealing;
    private final SecretKeySpec pseudonyms;

    /**
     * Derives the working keys; the array may be wiped afterwards.
     *
     * @throws IllegalArgumentException if it has not exactly {@link #SIZE} octets
     */
    public SpoolKey(byte[] master) {
        if (master.length != SIZE) {
            throw new IllegalArgumentException("a server key has " + SIZE + " octets");
        }
        SecretKeySpec root = new SecretKeySpec(master, "HmacSHA256");
        this.sealing = new SecretKeySpec(hmac(root, "therapost sealing v1", NOTHING), "AES");
        this.pseudonyms = new SecretKeySpec(hmac(root, "therapost pseudonyms v1", NOTHING), "HmacSHA256");
    }

    /** Octets for a new key file. */
    public static byte[] generate() {
        byte[] master = new byte[SIZE];
        RANDOM.nextBytes(master);
        return master;
    }

    /**
     * Seals octets for a purpose.
     *
     * @param purpose what they are, such as {@code queue.content}: what was sealed for one purpose opens for no other
     */
    public byte[] seal(byte[] plain, String purpose) {
        try {
            byte[] nonce = new byte[NONCE];
            RANDOM.nextBytes(nonce);
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            byte[] sealed = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(plain.length));
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            return sealed;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM is part of every JDK", broken);
        }
    }

    /** Seals text (UTF-8) for a purpose. */
    public byte[] seal(String plain, String purpose) {
        return seal(plain.getBytes(StandardCharsets.UTF_8), purpose);
    }

    /**
     * Opens what {@link #seal(byte[], String)} made.
     *
     * @throws SealedException if the key or the purpose is another one, or an octet was changed
     */
    public byte[] open(byte[] sealed, String purpose) throws SealedException {
        if (sealed.length < NONCE) {
            throw new SealedException("too short to have been sealed");
        }
        try {
            Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
            cipher.init(Cipher.DECRYPT_MODE, sealing, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(purpose.getBytes(StandardCharsets.UTF_8));
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (GeneralSecurityException wrong) {
            throw new SealedException("not sealed with this server key for this purpose", wrong);
        }
    }

    /** Opens text (UTF-8). */
    public String openText(byte[] sealed, String purpose) throws SealedException {
        return new String(open(sealed, purpose), StandardCharsets.UTF_8);
    }

    /**
     * A stable pseudonym, 32 octets: equal for equal text and purpose, and useless to anyone without this key.
     */
    public byte[] pseudonym(String text, String purpose) {
        return pseudonym(text.getBytes(StandardCharsets.UTF_8), purpose);
    }

    /** A stable pseudonym, 32 octets, as of a text. */
    public byte[] pseudonym(byte[] octets, String purpose) {
        return hmac(pseudonyms, purpose + "\0", octets);
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
        return "SpoolKey";
    }
}
