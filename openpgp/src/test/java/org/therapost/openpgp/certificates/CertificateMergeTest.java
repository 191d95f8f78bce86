package org.therapost.openpgp.certificates;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.Iterator;
import java.util.function.Predicate;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.api.KeyPassphraseProvider;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyEditor;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.PGPKeyPairGenerator;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.Certificate;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;

/** Alice prolongs her key, adds to it, revokes it; the copy on file learns of it and forgets nothing. */
class CertificateMergeTest {

    /** What Bouncy Castle makes is valid for five years of 365 days. */
    private static final Duration VALID = Duration.ofDays(5 * 365);

    /** Bouncy Castle dates some signatures by the machine's clock. */
    private final Instant now = Instant.now().plus(Duration.ofHours(1));

    private static final KeyPassphraseProvider NO_PASSPHRASE = key -> null;

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Clock.fixed(now, ZoneOffset.UTC));
    private final BouncyCastleSealer sealer = new BouncyCastleSealer(Clock.fixed(now, ZoneOffset.UTC));
    private final OpenPGPKey alice = key("alice@provider.example", now.minus(Duration.ofDays(9)));
    private final Certificate onFile = certificate(alice);

    @Test
    void a_copy_that_has_nothing_new_changes_nothing() {
        assertThat(keys.merged(onFile, onFile)).isSameAs(onFile);
        assertThat(keys.merged(onFile, certificate(key("bruno@provider.example", now.minusSeconds(99)))))
                .isSameAs(onFile);
    }

    @Test
    void a_revocation_wins_and_an_older_copy_takes_it_not_back() throws Exception {
        Certificate revoked = certificate(new OpenPGPKeyEditor(alice, NO_PASSPHRASE)
                .revokeKey(at(now.minusSeconds(60)))
                .done());
        assertThat(keys.read(revoked.encoded()).toOptional()).isEmpty();
        assertThat(keys.readUnjudged(revoked.encoded()).toOptional()).hasValue(revoked);

        Certificate merged = keys.merged(onFile, revoked);

        assertThat(sealer.canEncryptTo(onFile)).isTrue();
        assertThat(sealer.canEncryptTo(merged)).isFalse();
        assertThat(sealer.canEncryptTo(keys.merged(merged, onFile))).isFalse();
        assertThat(sealer.canEncryptTo(keys.merged(revoked, onFile))).isFalse();
    }

    @Test
    void a_new_subkey_is_used_and_a_revoked_one_is_not_whatever_comes_first() throws Exception {
        OpenPGPKey more = new OpenPGPKeyEditor(alice, NO_PASSPHRASE)
                .addEncryptionSubkey(PGPKeyPairGenerator::generateLegacyX25519KeyPair)
                .done();
        Certificate merged = keys.merged(onFile, certificate(more));
        assertThat(keys.encryptionKeyId(merged)).isNotEqualTo(keys.encryptionKeyId(onFile));

        OpenPGPKey without = new OpenPGPKeyEditor(more, NO_PASSPHRASE)
                .revokeComponentKey(
                        more.toCertificate()
                                .getKey(new org.bouncycastle.bcpg.KeyIdentifier(keys.encryptionKeyId(merged))),
                        at(now.minusSeconds(30)))
                .done();
        assertThat(keys.encryptionKeyId(keys.merged(merged, certificate(without))))
                .isEqualTo(keys.encryptionKeyId(onFile));
        assertThat(keys.encryptionKeyId(keys.merged(certificate(without), merged)))
                .isEqualTo(keys.encryptionKeyId(onFile));
    }

    @Test
    void a_key_that_has_expired_is_used_again_when_it_was_prolonged() throws Exception {
        OpenPGPKey old = key("alice@provider.example", now.minus(VALID).minus(Duration.ofDays(3)));
        assertThat(sealer.canEncryptTo(certificate(old))).isFalse();
        OpenPGPKey prolonged = new OpenPGPKeyEditor(old, NO_PASSPHRASE)
                .addEncryptionSubkey(PGPKeyPairGenerator::generateLegacyX25519KeyPair)
                .addDirectKeySignature(SignatureParameters.Callback.Util.modifyHashedSubpackets(subpackets -> {
                    subpackets.setSignatureCreationTime(Date.from(now.minusSeconds(60)));
                    subpackets.setKeyExpirationTime(0);
                    return subpackets;
                }))
                .done();

        assertThat(sealer.canEncryptTo(keys.merged(certificate(old), certificate(prolonged))))
                .isTrue();
    }

    @Test
    void what_her_key_has_not_signed_is_not_believed() throws Exception {
        OpenPGPKey mallory = key("alice@provider.example", now.minusSeconds(600));
        PGPPublicKeyRing hers = alice.toCertificate().getPGPPublicKeyRing();
        PGPPublicKey subkey = first(mallory, key -> !key.isMasterKey() && key.isEncryptionKey());
        Certificate withMallorys =
                new Certificate(PGPPublicKeyRing.insertPublicKey(hers, subkey).getEncoded());
        assertThat(keys.encryptionKeyId(keys.merged(onFile, withMallorys))).isEqualTo(keys.encryptionKeyId(onFile));

        OpenPGPKey revoked = new OpenPGPKeyEditor(mallory, NO_PASSPHRASE)
                .revokeKey(at(now.minusSeconds(60)))
                .done();
        Iterator<PGPSignature> signatures =
                first(revoked, PGPPublicKey::isMasterKey).getSignaturesOfType(PGPSignature.KEY_REVOCATION);
        PGPPublicKey forged = PGPPublicKey.addCertification(hers.getPublicKey(), signatures.next());
        Certificate withForged =
                new Certificate(PGPPublicKeyRing.insertPublicKey(hers, forged).getEncoded());
        assertThat(sealer.canEncryptTo(keys.merged(onFile, withForged))).isTrue();
    }

    @Test
    void a_copy_is_not_added_to_beyond_a_mebibyte_unless_it_says_that_it_was_revoked() throws Exception {
        PGPPublicKey primary = alice.toCertificate().getPGPPublicKeyRing().getPublicKey();
        PGPPublicKey bloated = primary;
        for (int i = 0; i < 60; i++) {
            bloated = PGPPublicKey.addCertification(
                    bloated,
                    "x".repeat(18_000) + i,
                    first(alice, PGPPublicKey::isMasterKey).getSignatures().next());
        }
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(PGPPublicKeyRing.insertPublicKey(alice.toCertificate().getPGPPublicKeyRing(), bloated)
                .getEncoded());
        Certificate large = new Certificate(octets.toByteArray());
        Certificate revoked = certificate(new OpenPGPKeyEditor(alice, NO_PASSPHRASE)
                .revokeKey(at(now.minusSeconds(60)))
                .done());

        assertThat(large.encoded().length).isGreaterThan(Certificates.LARGEST);
        assertThat(keys.merged(onFile, large)).isSameAs(onFile);
        assertThat(sealer.canEncryptTo(keys.merged(large, revoked))).isFalse();
    }

    private static SignatureParameters.Callback at(Instant time) {
        return SignatureParameters.Callback.Util.modifyHashedSubpackets(subpackets -> {
            subpackets.setSignatureCreationTime(Date.from(time));
            return subpackets;
        });
    }

    private static PGPPublicKey first(OpenPGPKey key, Predicate<PGPPublicKey> which) throws Exception {
        for (PGPPublicKey one : key.toCertificate().getPGPPublicKeyRing()) {
            if (which.test(one)) {
                return one;
            }
        }
        throw new IllegalArgumentException("no such key");
    }

    private static OpenPGPKey key(String user, Instant made) {
        try {
            return new OpenPGPKeyGenerator(
                            new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(made))
                    .classicKey(user)
                    .build();
        } catch (Exception broken) {
            throw new IllegalStateException(broken);
        }
    }

    private static Certificate certificate(OpenPGPKey key) {
        try {
            return new Certificate(key.toCertificate().getEncoded());
        } catch (java.io.IOException inMemory) {
            throw new IllegalStateException(inMemory);
        }
    }
}
