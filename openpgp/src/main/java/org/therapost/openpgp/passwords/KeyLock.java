package org.therapost.openpgp.passwords;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.therapost.domain.sealing.SealedException;
import org.therapost.openpgp.packets.SessionKey;

/** AES-256-GCM under a password's key: a random nonce of 96 bits, then the ciphertext with its tag. */
final class KeyLock {

    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final byte[] PURPOSE = "therapost locked key v1".getBytes(StandardCharsets.US_ASCII);

    private KeyLock() {}

    static byte[] lock(byte[] secret, byte[] key) {
        try {
            byte[] nonce = SessionKey.random(NONCE);
            Cipher cipher = cipher(Cipher.ENCRYPT_MODE, key, nonce);
            byte[] locked = Arrays.copyOf(nonce, NONCE + cipher.getOutputSize(secret.length));
            cipher.doFinal(secret, 0, secret.length, locked, NONCE);
            return locked;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES-GCM is part of every JDK", broken);
        }
    }

    static byte[] unlock(byte[] locked, byte[] key) throws SealedException {
        if (locked.length < NONCE) {
            throw new SealedException("too short for a locked key");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(locked, NONCE))
                    .doFinal(locked, NONCE, locked.length - NONCE);
        } catch (GeneralSecurityException wrong) {
            throw new SealedException("the password's key does not fit this locked key", wrong);
        }
    }

    private static Cipher cipher(int mode, byte[] key, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
        cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(PURPOSE);
        return cipher;
    }
}
