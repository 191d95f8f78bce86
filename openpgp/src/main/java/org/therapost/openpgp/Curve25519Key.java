package org.therapost.openpgp;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * A v4 key as GnuPG makes them: Ed25519 certifies and signs, a Curve25519 subkey decrypts; flags and preferences stand in
 * the certification of the user ID, where every program looks. It does not expire. RFC 9580's encryption is not announced:
 * whoever then used it would lock out GnuPG 2.2, Sequoia 0.27 and Thunderbird.
 */
final class Curve25519Key {

    private static final boolean WITHOUT_AEAD = false;

    private Curve25519Key() {}

    static NewKey generate(String userId, Instant now) throws PGPException, IOException {
        OpenPGPKey key = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, WITHOUT_AEAD, Date.from(now))
                .withPrimaryKey(PGPKeyPairGenerator::generateLegacyEd25519KeyPair, noDirectKeySignature())
                .addUserId(userId, SignatureParameters.Callback.Util.modifyHashedSubpackets(Curve25519Key::announce))
                .addEncryptionSubkey(PGPKeyPairGenerator::generateLegacyX25519KeyPair)
                .build();
        return new NewKey(
                new Certificate(key.toCertificate().getEncoded(PacketFormat.ROUNDTRIP)),
                new SecretKey(key.getEncoded(PacketFormat.ROUNDTRIP)));
    }

    private static SignatureParameters.Callback noDirectKeySignature() {
        return new SignatureParameters.Callback() {
            @Override
            public @Nullable SignatureParameters apply(SignatureParameters parameters) {
                return null;
            }
        };
    }

    private static PGPSignatureSubpacketGenerator announce(PGPSignatureSubpacketGenerator subpackets) {
        subpackets.setPrimaryUserID(false, true);
        subpackets.setKeyFlags(true, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        subpackets.setPreferredSymmetricAlgorithms(
                false, new int[] {SymmetricKeyAlgorithmTags.AES_256, SymmetricKeyAlgorithmTags.AES_128});
        subpackets.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
        subpackets.setPreferredCompressionAlgorithms(false, new int[] {CompressionAlgorithmTags.UNCOMPRESSED});
        subpackets.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        return subpackets;
    }
}
