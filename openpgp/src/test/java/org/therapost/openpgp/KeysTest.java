package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.sig.Features;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKeyReader;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.certificates.Certificates;
import org.therapost.openpgp.packets.OctetStrings;

class KeysTest {

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");

    @Test
    void a_new_certificate_is_read_armored_and_binary() {
        assertThat(keys.read(bloom.certificate().encoded()).toOptional().orElseThrow())
                .isEqualTo(bloom.certificate());
        assertThat(keys.read(keys.armor(bloom.certificate()).getBytes(US_ASCII))
                        .toOptional()
                        .orElseThrow())
                .isEqualTo(bloom.certificate());
        assertThat(keys.fingerprint(bloom.certificate())).matches("[0-9a-f]{40}");
    }

    @Test
    void a_new_certificate_announces_what_gnupg_can_open_and_never_expires() throws Exception {
        OpenPGPCertificate certificate =
                new OpenPGPKeyReader().parseCertificate(bloom.certificate().encoded());
        assertThat(certificate.getPrimaryKey().getVersion()).isEqualTo(4);
        assertThat(certificate.getPrimaryKey().getFeatures().getFeatures())
                .isEqualTo(Features.FEATURE_MODIFICATION_DETECTION);
        assertThat(certificate.getExpirationTime()).isNull();
        assertThat(certificate.getEncryptionKeys()).singleElement().satisfies(key -> assertThat(
                        key.getKeyIdentifier().getKeyId())
                .isEqualTo(keys.encryptionKeyId(bloom.certificate())));
    }

    @Test
    void a_secret_key_is_refused_as_a_certificate() {
        refused(bloom.secret().expose(), "secret key");
        refused(keys.armor(bloom.secret(), Password.offered("passphrase")).getBytes(US_ASCII), "secret key");
    }

    @Test
    void what_is_no_certificate_is_refused() {
        refused(new byte[0], "not an OpenPGP certificate");
        refused("hello".getBytes(US_ASCII), "not an OpenPGP certificate");
        refused(new byte[Certificates.LARGEST + 1], "larger");
        byte[] encoded = bloom.certificate().encoded();
        for (int i = 1; i < encoded.length; i += 7) {
            byte[] cut = Arrays.copyOf(encoded, i);
            assertThat(keys.read(cut)).isInstanceOf(Parsed.Invalid.class);
        }
    }

    @Test
    void several_certificates_at_once_are_refused() {
        Certificate other = keys.generate("other@practice.example").certificate();
        refused(OctetStrings.join(bloom.certificate().encoded(), other.encoded()), "several");
    }

    @Test
    void a_certificate_that_only_signs_is_refused() throws Exception {
        byte[] signOnly = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(Instant.now()))
                .signOnlyKey()
                .addUserId("signer@example.net")
                .build()
                .toCertificate()
                .getEncoded();
        refused(signOnly, "no usable encryption subkey");
    }

    @Test
    void a_certificate_that_expired_is_refused_as_such() throws Exception {
        byte[] fiveYears = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(),
                        PublicKeyPacket.VERSION_4,
                        false,
                        Date.from(Instant.parse("2024-01-01T00:00:00Z")))
                .classicKey("alice@example.net")
                .build()
                .toCertificate()
                .getEncoded();
        assertThat(at("2026-01-01T00:00:00Z").read(fiveYears)).isInstanceOf(Parsed.Valid.class);
        assertThat(at("2030-01-01T00:00:00Z").read(fiveYears))
                .isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> assertThat(invalid.why())
                        .contains("it has expired"));
    }

    @Test
    void mail_is_still_sealed_to_a_reader_whose_certificate_expired_on_file_and_nothing_is_carried_to_it()
            throws Exception {
        Certificate alice = new Certificate(new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(),
                        PublicKeyPacket.VERSION_4,
                        false,
                        Date.from(Instant.parse("2024-01-01T00:00:00Z")))
                .classicKey("alice@example.net")
                .build()
                .toCertificate()
                .getEncoded());
        Clock late = Clock.fixed(Instant.parse("2030-01-01T00:00:00Z"), ZoneOffset.UTC);
        assertThat(at("2030-01-01T00:00:00Z").encryptionKeyId(alice))
                .isEqualTo(at("2026-01-01T00:00:00Z").encryptionKeyId(alice));
        assertThat(new BouncyCastleSealer(late).canEncryptTo(alice)).isFalse();
        assertThatThrownBy(
                        () -> new BouncyCastleSealer(late).encryptForCarriage(new byte[] {1}, alice, Optional.empty()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whether_something_can_be_carried_and_carrying_it_are_one_decision_also_at_the_second_of_expiry()
            throws Exception {
        Instant made = Instant.parse("2024-01-01T00:00:00Z");
        Certificate alice = new Certificate(new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_4, false, Date.from(made))
                .classicKey("alice@example.net")
                .build()
                .toCertificate()
                .getEncoded());
        Instant end = new Certificates(Clock.fixed(made.plusSeconds(60), ZoneOffset.UTC))
                .get(alice)
                .end(made.plusSeconds(60), Duration.ofDays(3660))
                .orElseThrow();
        for (int before = 1; before <= 59; before += 29) {
            AtomicReference<Instant> now = new AtomicReference<>(end.minusSeconds(before));
            BouncyCastleSealer sealer = new BouncyCastleSealer(clock(now));
            assertThat(sealer.canEncryptTo(alice)).isTrue();
            now.set(end.plusSeconds(60 - before).minusMillis(1));
            boolean decided = sealer.canEncryptTo(alice);
            now.set(end.plusSeconds(61 - before));
            assertThat(decided).isTrue();
            assertThat(sealer.encryptForCarriage(new byte[] {1}, alice, Optional.empty()))
                    .isNotEmpty();
            now.set(end.plusSeconds(3600));
            assertThat(sealer.canEncryptTo(alice)).isFalse();
        }
    }

    @Test
    void nothing_can_be_carried_to_what_is_no_certificate_any_more_and_asking_fails_nobody() {
        BouncyCastleSealer sealer = new BouncyCastleSealer(Clock.systemUTC());
        byte[] encoded = bloom.certificate().encoded();
        assertThat(sealer.canEncryptTo(new Certificate(new byte[] {1, 2, 3}))).isFalse();
        assertThat(sealer.canEncryptTo(new Certificate(Arrays.copyOf(encoded, encoded.length / 2))))
                .isFalse();
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return java.util.Objects.requireNonNull(now.get());
            }
        };
    }

    @Test
    void an_exported_secret_key_does_not_open_without_its_passphrase() {
        String armored = keys.armor(bloom.secret(), Password.offered("passphrase"));
        assertThat(armored).startsWith("-----BEGIN PGP PRIVATE KEY BLOCK-----").doesNotContain("Version:");
        assertThatThrownBy(() -> keys.view(new SecretKey(armored.getBytes(US_ASCII)), Mails.NO_SHARES))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static BouncyCastleKeys at(String instant) {
        return new BouncyCastleKeys(Clock.fixed(Instant.parse(instant), ZoneOffset.UTC));
    }

    private void refused(byte[] encoded, String why) {
        assertThat(keys.read(encoded)).isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> assertThat(invalid.why())
                .contains(why));
    }
}
