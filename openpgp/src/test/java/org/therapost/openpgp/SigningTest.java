package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SecretSubkeyPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.bcpg.sig.IntendedRecipientFingerprint;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.OpenPGPMessageInputStream;
import org.bouncycastle.openpgp.api.OpenPGPMessageProcessor;
import org.bouncycastle.openpgp.api.OpenPGPSignature.OpenPGPDocumentSignature;
import org.bouncycastle.openpgp.api.SignatureParameters;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.reading.ParsedSecretKey;
import org.therapost.openpgp.reading.UnlockedKeys;

/** A thread's certificate, and what the server signs with its subkey. Bouncy Castle's own reader judges. */
class SigningTest {

    private static final EmailAddress ADDRESS = EmailAddress.of("k7m2qx@practice.example");
    private static final byte[] ENTITY = Mails.ALICE_WRITES.getBytes(UTF_8);

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final BouncyCastleSealer sealer = new BouncyCastleSealer(Mails.CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final NewKey alice = keys.generate("alice@example.net");
    private final NewThreadKey thread = keys.generateForThread(ADDRESS);

    @Test
    void a_threads_primary_key_certifies_one_subkey_encrypts_and_another_signs() throws Exception {
        parts(read(thread.signing().certificate()));
    }

    private static void parts(OpenPGPCertificate certificate) {
        assertThat(certificate.getPrimaryKey().getVersion()).isEqualTo(4);
        assertThat(certificate.getCertificationKeys()).containsExactly(certificate.getPrimaryKey());
        assertThat(certificate.getSigningKeys()).singleElement().satisfies(key -> assertThat(key.isPrimaryKey())
                .isFalse());
        assertThat(certificate.getEncryptionKeys())
                .singleElement()
                .satisfies(key -> assertThat(key.isPrimaryKey()).isFalse())
                .isNotIn(certificate.getSigningKeys());
        assertThat(certificate.getAllUserIds())
                .singleElement()
                .extracting(user -> user.getUserId())
                .isEqualTo(ADDRESS.value());
        assertThat(certificate.getPrimaryKey().getFeatures().getFeatures())
                .isEqualTo(Features.FEATURE_MODIFICATION_DETECTION);
        assertThat(certificate.getExpirationTime()).isNull();
        assertThat(certificate.getPGPPublicKeyRing().getPublicKey().getSignatures())
                .toIterable()
                .hasSize(1);
    }

    @Test
    void the_shares_of_a_thread_key_do_not_sign_mail_and_what_signs_mail_opens_and_certifies_nothing()
            throws Exception {
        OpenPGPCertificate certificate = read(thread.signing().certificate());
        OpenPGPComponentKey signing = certificate.getSigningKeys().get(0);

        OpenPGPKey shared = new OpenPGPKeyReader().parseKey(thread.secret().expose());
        assertThat(shared.getSecretKeys()).hasSize(2).doesNotContainKey(signing.getKeyIdentifier());
        assertThat(shared.getSigningKeys()).isEmpty();
        SealedMessage sealed = sealer.seal(
                Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.signing().certificate()));
        try (UnlockedKeys signs =
                new UnlockedKeys(ParsedSecretKey.read(thread.signing().secret().clone()), Mails.NO_SHARES)) {
            assertThatThrownBy(() -> signs.open(sealed.keyPackets(), sealed.dataPacket()))
                    .isInstanceOf(SealedException.class);
        }
        assertThat(thread.signing().toString())
                .doesNotContain(Arrays.toString(thread.signing().secret()));
    }

    @Test
    void what_leaves_is_signed_by_the_thread_and_for_this_client_only() throws Exception {
        byte[] carried = sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.of(thread.signing()));

        assertThat(version(carried)).isEqualTo(SymmetricEncIntegrityPacket.VERSION_1);
        Opened opened =
                opened(carried, alice.secret().expose(), thread.signing().certificate());
        assertThat(opened.content()).isEqualTo(ENTITY);
        assertThat(opened.signatures()).singleElement().satisfies(signature -> {
            assertThat(signature.isValid()).isTrue();
            assertThat(signature.getIssuer().getKeyIdentifier())
                    .isEqualTo(read(thread.signing().certificate())
                            .getSigningKeys()
                            .get(0)
                            .getKeyIdentifier());
            IntendedRecipientFingerprint intended =
                    signature.getSignature().getHashedSubPackets().getIntendedRecipientFingerprint();
            assertThat(intended.getFingerprint())
                    .isEqualTo(read(alice.certificate()).getFingerprint());
        });
    }

    @Test
    void another_thread_did_not_sign_it() throws Exception {
        byte[] carried = sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.of(thread.signing()));
        Certificate brunos = keys.generateForThread(EmailAddress.of("p3x9tt@practice.example"))
                .signing()
                .certificate();

        assertThat(opened(carried, alice.secret().expose(), brunos).signatures())
                .noneMatch(OpenPGPDocumentSignature::isTestedCorrect);
    }

    @Test
    void what_has_no_signing_subkey_yet_leaves_unsigned() throws Exception {
        byte[] carried = sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.empty());

        Opened opened =
                opened(carried, alice.secret().expose(), thread.signing().certificate());
        assertThat(opened.content()).isEqualTo(ENTITY);
        assertThat(opened.signatures()).isEmpty();
    }

    @Test
    void a_client_with_a_key_of_version_6_gets_version_2_signed() throws Exception {
        OpenPGPKey bruno = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_6, false, Date.from(Instant.now()))
                .ed25519x25519Key("bruno@example.net")
                .build();

        byte[] carried = sealer.encryptForCarriage(
                ENTITY,
                keys.read(bruno.toCertificate().getEncoded()).toOptional().orElseThrow(),
                Optional.of(thread.signing()));

        assertThat(version(carried)).isEqualTo(SymmetricEncIntegrityPacket.VERSION_2);
        Opened opened = opened(carried, bruno.getEncoded(), thread.signing().certificate());
        assertThat(opened.content()).isEqualTo(ENTITY);
        assertThat(opened.signatures()).singleElement().matches(OpenPGPDocumentSignature::isTestedCorrect);
    }

    @Test
    void a_key_of_version_4_gets_version_1_also_if_it_announces_more() throws Exception {
        OpenPGPKey bruno = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(Instant.now()))
                .classicKey("bruno@example.net")
                .build();
        OpenPGPKey announcing = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, true, Date.from(Instant.now()))
                .withPrimaryKey(
                        generator -> generator.generateEd25519KeyPair(),
                        SignatureParameters.Callback.Util.modifyHashedSubpackets(subpackets -> {
                            subpackets.setFeature(false, (byte)
                                    (Features.FEATURE_MODIFICATION_DETECTION | Features.FEATURE_SEIPD_V2));
                            return subpackets;
                        }))
                .addUserId("bruno@example.net")
                .addEncryptionSubkey()
                .build();
        for (OpenPGPKey key : List.of(bruno, announcing)) {
            byte[] carried = sealer.encryptForCarriage(
                    ENTITY,
                    keys.read(key.toCertificate().getEncoded()).toOptional().orElseThrow(),
                    Optional.of(thread.signing()));

            assertThat(version(carried)).isEqualTo(SymmetricEncIntegrityPacket.VERSION_1);
            assertThat(opened(carried, key.getEncoded(), thread.signing().certificate())
                            .content())
                    .isEqualTo(ENTITY);
        }
        assertThat(announcing.getPrimaryKey().getFeatures().supportsSEIPDv2()).isTrue();
    }

    @Test
    void the_key_of_an_earlier_release_gets_its_signing_subkey_and_everything_opens_as_before() throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        NewKey old = new BouncyCastleKeys(Clock.fixed(now.minus(2, ChronoUnit.HOURS), ZoneOffset.UTC))
                .generate(ADDRESS.value());
        long keyId = keys.encryptionKeyId(old.certificate());
        SealedMessage before = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(old.certificate()));
        SealedKey share = keys.share(old.secret(), bloom.certificate());
        KeyShares shares = Mails.only(keyId, share);
        SigningSubkey added;
        try (ReaderView view = keys.view(secret(bloom), shares)) {
            added = view.addSigningSubkey(old.certificate(), keyId, now).orElseThrow();
        }

        OpenPGPCertificate certificate = read(added.certificate());
        assertThat(keys.fingerprint(added.certificate())).isEqualTo(keys.fingerprint(old.certificate()));
        assertThat(keys.encryptionKeyId(added.certificate())).isEqualTo(keyId);
        assertThat(certificate.getSigningKeys(Date.from(now)))
                .singleElement()
                .satisfies(key -> assertThat(key.isPrimaryKey()).isFalse());
        assertThat(certificate.getPGPPublicKeyRing().getPublicKey().getSignaturesForID(ADDRESS.value()))
                .toIterable()
                .hasSize(1);
        SealedMessage after = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(added.certificate()));
        try (ReaderView view = keys.view(secret(bloom), shares)) {
            assertThat(view.content(before).octets()).isEqualTo(ENTITY);
            assertThat(view.content(after).octets()).isEqualTo(ENTITY);
        }
        byte[] carried = sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.of(added));
        assertThat(opened(carried, alice.secret().expose(), added.certificate()).signatures())
                .singleElement()
                .matches(OpenPGPDocumentSignature::isTestedCorrect);
    }

    @Test
    void the_server_gets_the_subkey_and_never_the_primary_key_also_within_the_second_in_which_the_key_was_made()
            throws Exception {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        for (Instant made : List.of(now, now.minusSeconds(30))) {
            NewKey old = new BouncyCastleKeys(Clock.fixed(made, ZoneOffset.UTC)).generate(ADDRESS.value());
            long keyId = keys.encryptionKeyId(old.certificate());
            SigningSubkey added;
            try (ReaderView view =
                    keys.view(secret(bloom), Mails.only(keyId, keys.share(old.secret(), bloom.certificate())))) {
                added = view.addSigningSubkey(old.certificate(), keyId, now).orElseThrow();
            }
            assertThat(new BCPGInputStream(new ByteArrayInputStream(added.secret())).readPacket())
                    .isInstanceOf(SecretSubkeyPacket.class);
            assertThat(read(added.certificate())
                            .getPGPPublicKeyRing()
                            .getPublicKey()
                            .getSignaturesForID(ADDRESS.value()))
                    .toIterable()
                    .hasSize(1);
        }
    }

    @Test
    void a_certificate_that_somebody_put_in_the_place_of_a_threads_gets_no_signing_subkey() throws Exception {
        NewKey old = keys.generate(ADDRESS.value());
        long keyId = keys.encryptionKeyId(old.certificate());
        Certificate mallorys = keys.generate(ADDRESS.value()).certificate();
        KeyShares shares = Mails.only(keyId, keys.share(old.secret(), bloom.certificate()));
        try (ReaderView view = keys.view(secret(bloom), shares)) {
            assertThatThrownBy(() -> view.addSigningSubkey(mallorys, keyId, Instant.now()))
                    .isInstanceOf(SealedException.class)
                    .hasMessageContaining("not that of the thread's key");
            assertThatThrownBy(() -> view.addSigningSubkey(old.certificate(), keyId + 1, Instant.now()))
                    .isInstanceOf(SealedException.class)
                    .hasMessageContaining("no share");
        }
        assertThat(keys.closedView().addSigningSubkey(old.certificate(), keyId, Instant.now()))
                .isEmpty();
    }

    private record Opened(byte[] content, List<OpenPGPDocumentSignature> signatures) {}

    private static Opened opened(byte[] armored, byte[] secret, Certificate signer) throws Exception {
        OpenPGPMessageInputStream message = new OpenPGPMessageProcessor(new BcOpenPGPImplementation())
                .addDecryptionKey(new OpenPGPKeyReader().parseKey(secret))
                .addVerificationCertificate(read(signer))
                .process(new ByteArrayInputStream(armored));
        byte[] content = message.readAllBytes();
        message.close();
        assertThat(new UnlockedKeys(ParsedSecretKey.read(secret), Mails.NO_SHARES).open(new byte[0], binary(armored)))
                .isEqualTo(content);
        return new Opened(content, message.getResult().getSignatures());
    }

    private static SecretKey secret(NewKey key) {
        return new SecretKey(key.secret().expose().clone());
    }

    private static OpenPGPCertificate read(Certificate certificate) throws Exception {
        return new OpenPGPKeyReader().parseCertificate(certificate.encoded());
    }

    private static int version(byte[] armored) throws Exception {
        return ((SymmetricEncIntegrityPacket) new PGPEncryptedDataList(binary(armored)).getEncryptedData())
                .getVersion();
    }

    private static byte[] binary(byte[] armored) throws Exception {
        return new ArmoredInputStream(new ByteArrayInputStream(armored)).readAllBytes();
    }
}
