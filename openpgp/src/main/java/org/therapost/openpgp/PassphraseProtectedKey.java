package org.therapost.openpgp;

import java.io.IOException;
import java.util.Arrays;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.PBESecretKeyDecryptor;
import org.bouncycastle.openpgp.operator.PBESecretKeyEncryptor;
import org.bouncycastle.openpgp.operator.bc.BcPBESecretKeyEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.reading.ParsedSecretKey;

/**
 * A secret key on its way out, protected by a passphrase with iterated and salted S2K (RFC 9580 section 3.7.1.3): not the
 * best there is, but what GnuPG and RNP import.
 */
final class PassphraseProtectedKey {

    /** 65,011,712 octets are hashed, the most that can be said. */
    private static final int COUNT = 0xFF;

    private static final @Nullable PBESecretKeyDecryptor WITHOUT_PASSPHRASE = null;

    private PassphraseProtectedKey() {}

    static byte[] protect(SecretKey secret, Password passphrase) throws PGPException, IOException {
        char[] characters = passphrase.expose();
        try {
            PBESecretKeyEncryptor encryptor = new BcPBESecretKeyEncryptorBuilder(
                            SymmetricKeyAlgorithmTags.AES_256,
                            new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA256),
                            COUNT)
                    .build(characters);
            PGPSecretKeyRing ring = ParsedSecretKey.ring(secret.expose());
            return PGPSecretKeyRing.copyWithNewPassword(ring, WITHOUT_PASSPHRASE, encryptor)
                    .getEncoded();
        } finally {
            Arrays.fill(characters, '\0');
        }
    }
}
