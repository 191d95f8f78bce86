package org.therapost.openpgp.keys;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.KeyPassphraseProvider;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyEditor;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.SignatureSubpacketsFunction;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * A v4 key as GnuPG makes them: Ed25519 certifies and signs, a Curve25519 subkey decrypts; flags and preferences stand in
 * the certification of the user ID, where every program looks. It does not expire. RFC 9580's encryption is not announced:
 * whoever then used it would lock out GnuPG 2.2, Sequoia 0.27 and Thunderbird.
 *
 * <p>A thread's primary key only certifies, and a second Ed25519 subkey signs, so that the server can have the one without the other.
 */
public final class Curve25519Key {

    private static final boolean WITHOUT_AEAD = false;
    private static final int PERSON = KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA;
    private static final int THREAD = KeyFlags.CERTIFY_OTHER;
    private static final @Nullable KeyPassphraseProvider WITHOUT_PASSPHRASE = null;

    private Curve25519Key() {}

    public static NewKey generate(String userId, Instant now) throws PGPException, IOException {
        OpenPGPKey key = begin(now)
                .addUserId(userId, announcing(PERSON, now))
                .addEncryptionSubkey(PGPKeyPairGenerator::generateLegacyX25519KeyPair)
                .build();
        return new NewKey(
                new Certificate(key.toCertificate().getEncoded(PacketFormat.ROUNDTRIP)),
                new SecretKey(key.getEncoded(PacketFormat.ROUNDTRIP)));
    }

    public static NewThreadKey generateForThread(String userId, Instant now) throws PGPException, IOException {
        OpenPGPKey key = begin(now)
                .addUserId(userId, announcing(THREAD, now))
                .addEncryptionSubkey(PGPKeyPairGenerator::generateLegacyX25519KeyPair)
                .addSigningSubkey(PGPKeyPairGenerator::generateLegacyEd25519KeyPair)
                .build();
        PGPSecretKey signing = signing(key, now);
        return new NewThreadKey(
                new SecretKey(PGPSecretKeyRing.removeSecretKey(key.getPGPSecretKeyRing(), signing)
                        .getEncoded(PacketFormat.ROUNDTRIP)),
                subkey(key, signing));
    }

    /** Adds a signing subkey to a thread's key that has none; from then on the primary key only certifies. */
    public static SigningSubkey addSigningSubkey(PGPSecretKeyRing thread, Instant now)
            throws PGPException, IOException {
        Date date = Date.from(now);
        BcOpenPGPImplementation implementation = new BcOpenPGPImplementation();
        OpenPGPKey before = new OpenPGPKey(thread, implementation);
        String userId = before.getPrimaryUserId(date).getUserId();
        PGPKeyPair pair = implementation
                .pgpKeyPairGeneratorProvider()
                .get(PublicKeyPacket.VERSION_4, date)
                .generateLegacyEd25519KeyPair();
        OpenPGPKey key = new OpenPGPKeyEditor(before, WITHOUT_PASSPHRASE, implementation)
                .addUserId(userId, announcing(THREAD, now))
                .addSigningSubkey(pair, at(now), at(now))
                .done();
        key = new OpenPGPKey(
                without(certifications(thread, userId), key.getPGPSecretKeyRing(), userId), implementation);
        return subkey(key, key.getSecretKey(pair.getKeyIdentifier()).getPGPSecretKey());
    }

    private static OpenPGPKeyGenerator.WithPrimaryKey begin(Instant now) throws PGPException {
        return new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, WITHOUT_AEAD, Date.from(now))
                .withPrimaryKey(PGPKeyPairGenerator::generateLegacyEd25519KeyPair, noDirectKeySignature());
    }

    private static List<PGPSignature> certifications(PGPSecretKeyRing ring, String userId) {
        List<PGPSignature> certifications = new ArrayList<>();
        ring.getPublicKey().getSignaturesForID(userId).forEachRemaining(certifications::add);
        return certifications;
    }

    /**
     * What was never published need not carry what was said before: an Autocrypt field has room for one certification. It is not the
     * dates that tell which: a clock may have been set back since.
     */
    private static PGPSecretKeyRing without(List<PGPSignature> before, PGPSecretKeyRing ring, String userId)
            throws IOException {
        PGPPublicKey reduced = ring.getPublicKey();
        for (PGPSignature one : certifications(ring, userId)) {
            for (PGPSignature old : before) {
                if (Arrays.equals(one.getEncoded(), old.getEncoded())) {
                    reduced = PGPPublicKey.removeCertification(reduced, userId, one);
                }
            }
        }
        return PGPSecretKeyRing.insertOrReplacePublicKey(ring, reduced);
    }

    private static PGPSecretKey signing(OpenPGPKey key, Instant now) {
        return key.getSigningKeys(Date.from(now)).stream()
                .filter(one -> !one.isPrimaryKey())
                .map(one -> key.getSecretKey(one).getPGPSecretKey())
                .findFirst()
                .orElseThrow();
    }

    private static SigningSubkey subkey(OpenPGPKey key, PGPSecretKey signing) throws IOException {
        if (signing.isMasterKey()) {
            throw new IllegalStateException("the server never gets the secret half of a thread's primary key");
        }
        return new SigningSubkey(
                new Certificate(key.toCertificate().getEncoded(PacketFormat.ROUNDTRIP)), signing.getEncoded());
    }

    private static SignatureParameters.Callback noDirectKeySignature() {
        return new SignatureParameters.Callback() {
            @Override
            public @Nullable SignatureParameters apply(SignatureParameters parameters) {
                return null;
            }
        };
    }

    private static SignatureParameters.Callback at(Instant now) {
        return with(subpackets -> subpackets, now);
    }

    private static SignatureParameters.Callback announcing(int flags, Instant now) {
        return with(subpackets -> announce(subpackets, flags), now);
    }

    private static SignatureParameters.Callback with(SignatureSubpacketsFunction subpackets, Instant now) {
        return new SignatureParameters.Callback() {
            @Override
            public SignatureParameters apply(SignatureParameters parameters) {
                return parameters.setSignatureCreationTime(Date.from(now)).setHashedSubpacketsFunction(subpackets);
            }
        };
    }

    private static PGPSignatureSubpacketGenerator announce(PGPSignatureSubpacketGenerator subpackets, int flags) {
        subpackets.setPrimaryUserID(false, true);
        subpackets.setKeyFlags(true, flags);
        subpackets.setPreferredSymmetricAlgorithms(
                false, new int[] {SymmetricKeyAlgorithmTags.AES_256, SymmetricKeyAlgorithmTags.AES_128});
        subpackets.setPreferredHashAlgorithms(false, new int[] {HashAlgorithmTags.SHA512, HashAlgorithmTags.SHA256});
        subpackets.setPreferredCompressionAlgorithms(false, new int[] {CompressionAlgorithmTags.UNCOMPRESSED});
        subpackets.setFeature(false, Features.FEATURE_MODIFICATION_DETECTION);
        return subpackets;
    }
}
