package org.therapost.openpgp.certificates;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.bouncycastle.bcpg.HashAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.RSAPublicBCPGKey;
import org.bouncycastle.bcpg.sig.KeyFlags;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.RSAKeyPairGenerator;
import org.bouncycastle.crypto.params.RSAKeyGenerationParameters;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPKeyRingGenerator;
import org.bouncycastle.openpgp.PGPPublicKey;
import org.bouncycastle.openpgp.PGPSignature;
import org.bouncycastle.openpgp.PGPSignatureSubpacketGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.openpgp.operator.bc.BcPGPContentSignerBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDigestCalculatorProvider;
import org.bouncycastle.openpgp.operator.bc.BcPGPKeyPair;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;
import org.therapost.openpgp.BouncyCastleKeys;

/** Certificates as people bring them: Alice exports hers, mails it, pastes it, and the practice puts it on file. */
class CertificateCheckTest {

    private static final Instant NOW = Instant.parse("2026-11-28T12:00:00Z");

    private static final BouncyCastleKeys KEYS = at(NOW);
    private static final Certificate ALICE = at(NOW.minus(Duration.ofDays(9)))
            .generate("Alice <alice@provider.example>")
            .certificate();
    private static final Certificate BRUNO =
            at(NOW.minus(Duration.ofDays(9))).generate("bruno@provider.example").certificate();
    private static final String ARMOR = KEYS.armor(ALICE);

    private static BouncyCastleKeys at(Instant instant) {
        return new BouncyCastleKeys(Clock.fixed(instant, ZoneOffset.UTC));
    }

    @ParameterizedTest
    @CsvSource({"8193, 17", "65535, 17", "4096, 65"})
    void nothing_is_computed_with_an_rsa_key_that_costs_too_much(int modulus, int exponent) throws Exception {
        byte[] certificate = rsa(modulus, exponent);

        assertThat(why(KEYS.read(certificate))).contains("does not compute with");
        assertThat(why(KEYS.readUnjudged(certificate))).contains("does not compute with");
        assertThat(KEYS.readUnjudged(rsa(8192, 64)).toOptional()).isPresent();
    }

    private static String why(Parsed<Certificate> read) {
        return read instanceof Parsed.Invalid<Certificate> invalid ? invalid.why() : "";
    }

    /** Numbers of that many bits, which nobody has to be able to sign with. */
    private static byte[] rsa(int modulus, int exponent) throws Exception {
        RSAPublicBCPGKey numbers = new RSAPublicBCPGKey(
                BigInteger.ONE.shiftLeft(modulus - 1).setBit(0),
                BigInteger.ONE.shiftLeft(exponent - 1).setBit(0));
        PublicKeyPacket packet = new PublicKeyPacket(
                PublicKeyPacket.VERSION_4, PublicKeyAlgorithmTags.RSA_GENERAL, Date.from(NOW), numbers);
        return new PGPPublicKey(packet, new BcKeyFingerprintCalculator()).getEncoded();
    }

    static Stream<byte[]> ways() {
        String packets = Base64.getEncoder().encodeToString(ALICE.encoded());
        return Stream.of(
                ALICE.encoded(),
                ARMOR.getBytes(US_ASCII),
                ("\uFEFF" + ARMOR).getBytes(UTF_8),
                ARMOR.getBytes(UTF_16),
                ("\uFEFF" + ARMOR).getBytes(UTF_16LE),
                ARMOR.replace("\n", "\r\n").getBytes(US_ASCII),
                ARMOR.replace("\r", "").replace("\n", "\r").getBytes(US_ASCII),
                ARMOR.replaceAll("(\r?\n)", "  \t$1").getBytes(US_ASCII),
                ARMOR.replaceAll("(?m)^", "    ").getBytes(US_ASCII),
                ARMOR.replaceAll("(?m)^", "> ").getBytes(US_ASCII),
                ARMOR.replaceAll("(?m)^", ">> ").replace("\n", "\r\n").getBytes(US_ASCII),
                ("Hello, here is my key: ---\r\n\r\n" + ARMOR + "\r\nBest wishes\r\n-- \r\nAlice Müller")
                        .getBytes(UTF_8),
                ARMOR.replaceFirst("\r?\n", "\nVersion: GnuPG v2\nComment: my: key\n")
                        .getBytes(US_ASCII),
                ARMOR.replaceAll("(?m)^=....\r?$", "").getBytes(US_ASCII),
                ARMOR.replaceAll("(\r?\n)", "$1$1").getBytes(US_ASCII),
                (ARMOR + ARMOR).getBytes(US_ASCII),
                (ARMOR + "-----BEGIN PGP MESSAGE-----\n\nabcd\n-----END PGP MESSAGE-----\n").getBytes(US_ASCII),
                ("-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n" + ARMOR.replaceAll("(?m)^-", "- -")
                                + "-----BEGIN PGP SIGNATURE-----\n\nabcd\n-----END PGP SIGNATURE-----\n")
                        .getBytes(US_ASCII),
                packets.getBytes(US_ASCII),
                Base64.getMimeEncoder().encodeToString(ALICE.encoded()).getBytes(US_ASCII));
    }

    @ParameterizedTest
    @MethodSource("ways")
    void a_certificate_is_read_however_it_came(byte[] brought) {
        assertThat(KEYS.read(brought).toOptional().orElseThrow()).isEqualTo(ALICE);
    }

    @Test
    void the_mailboxes_that_it_names_are_known() {
        assertThat(KEYS.mailboxes(ALICE)).containsExactly("alice@provider.example");
        assertThat(KEYS.mailboxes(BRUNO)).containsExactly("bruno@provider.example");
        assertThat(KEYS.validity(ALICE, Duration.ofDays(20_000))).isEmpty();
    }

    @Test
    void two_people_s_certificates_in_one_file_are_refused_armored_too() {
        refused((ARMOR + KEYS.armor(BRUNO)).getBytes(US_ASCII), "several certificates");
    }

    @Test
    void an_armor_that_was_cut_off_or_changed_is_refused_as_that() {
        refused(ARMOR.substring(0, ARMOR.length() / 2).getBytes(US_ASCII), "cut off");
        int middle = ARMOR.indexOf("\n\n") > 0 ? ARMOR.indexOf("\n\n") + 40 : ARMOR.length() / 2;
        refused((ARMOR.substring(0, middle) + "*" + ARMOR.substring(middle + 1)).getBytes(US_ASCII), "damaged");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 24, 184 * 24, 20_000 * 24})
    void a_certificate_of_the_future_is_refused_with_both_dates(long hours) {
        Instant made = NOW.plus(Duration.ofHours(hours));
        byte[] future = at(made).generate("Alice <alice@provider.example>")
                .certificate()
                .encoded();
        refused(future, "dated in the future", made.toString().substring(0, 10), "2026-11-28");
    }

    @Test
    void a_certificate_that_was_made_a_moment_ago_by_a_clock_that_is_ahead_is_no_error_of_the_server() {
        byte[] fresh = at(NOW.plusSeconds(60))
                .generate("alice@provider.example")
                .certificate()
                .encoded();
        refused(fresh, "dated in the future");
    }

    @Test
    void one_that_expires_is_taken_and_says_when() throws Exception {
        byte[] fiveYears = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(),
                        PublicKeyPacket.VERSION_4,
                        false,
                        Date.from(Instant.parse("2024-01-01T00:00:00Z")))
                .classicKey("alice@provider.example")
                .build()
                .toCertificate()
                .getEncoded();
        BouncyCastleKeys late = at(Instant.parse("2028-12-20T00:00:00Z"));
        Certificate alice = late.read(fiveYears).toOptional().orElseThrow();
        assertThat(late.validity(alice, Duration.ofDays(5))).isEmpty();
        assertThat(late.validity(alice, Duration.ofDays(30))).hasValueSatisfying(validity -> {
            assertThat(validity.until())
                    .isBetween(Instant.parse("2028-12-29T00:00:00Z"), Instant.parse("2029-01-02T00:00:00Z"));
            assertThat(validity.left()).isBetween(Duration.ofDays(9), Duration.ofDays(13));
        });
    }

    @ParameterizedTest
    @ValueSource(ints = {1024, 1536})
    void a_weak_key_is_refused_with_its_strength(int bits) throws Exception {
        refused(rsa(bits), "too weak", String.valueOf(bits));
    }

    @Test
    void rsa_of_2048_bits_is_taken() throws Exception {
        assertThat(KEYS.read(rsa(2048))).isInstanceOf(Parsed.Valid.class);
    }

    private static byte[] rsa(int bits) throws Exception {
        RSAKeyPairGenerator generator = new RSAKeyPairGenerator();
        generator.init(
                new RSAKeyGenerationParameters(java.math.BigInteger.valueOf(65537), new SecureRandom(), bits, 50));
        List<PGPKeyPair> pairs = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            AsymmetricCipherKeyPair pair = generator.generateKeyPair();
            pairs.add(new BcPGPKeyPair(
                    PublicKeyPacket.VERSION_4,
                    PublicKeyAlgorithmTags.RSA_GENERAL,
                    pair,
                    Date.from(NOW.minus(Duration.ofDays(1)))));
        }
        PGPSignatureSubpacketGenerator certify = new PGPSignatureSubpacketGenerator();
        certify.setSignatureCreationTime(false, Date.from(NOW.minus(Duration.ofDays(1))));
        certify.setKeyFlags(false, KeyFlags.CERTIFY_OTHER | KeyFlags.SIGN_DATA);
        PGPSignatureSubpacketGenerator encrypt = new PGPSignatureSubpacketGenerator();
        encrypt.setSignatureCreationTime(false, Date.from(NOW.minus(Duration.ofDays(1))));
        encrypt.setKeyFlags(false, KeyFlags.ENCRYPT_COMMS | KeyFlags.ENCRYPT_STORAGE);
        PGPKeyRingGenerator ring = new PGPKeyRingGenerator(
                PGPSignature.POSITIVE_CERTIFICATION,
                pairs.get(0),
                "alice@provider.example",
                new BcPGPDigestCalculatorProvider().get(HashAlgorithmTags.SHA1),
                certify.generate(),
                null,
                new BcPGPContentSignerBuilder(PublicKeyAlgorithmTags.RSA_GENERAL, HashAlgorithmTags.SHA256),
                null);
        ring.addSubKey(pairs.get(1), encrypt.generate(), null);
        return ring.generatePublicKeyRing().getEncoded();
    }

    @Test
    void whatever_is_brought_the_answer_is_a_certificate_or_a_reason() {
        Random random = new Random(28);
        byte[][] seeds = {ALICE.encoded(), ARMOR.getBytes(US_ASCII), (ARMOR + ARMOR).getBytes(US_ASCII)};
        for (int i = 0; i < 3_000; i++) {
            byte[] changed = seeds[i % seeds.length].clone();
            for (int n = random.nextInt(6); n >= 0; n--) {
                changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            }
            if (KEYS.read(changed) instanceof Parsed.Invalid<Certificate> invalid) {
                assertThat(invalid.why()).startsWith("it");
            }
        }
    }

    @Test
    void a_text_of_nothing_but_beginnings_is_refused_without_searching_it_again_and_again() {
        refused("-----BEGIN PGP X-----\n".repeat(40_000).getBytes(US_ASCII), "not an OpenPGP certificate");
    }

    private static void refused(byte[] brought, String... reasons) {
        assertThat(KEYS.read(brought)).isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> assertThat(invalid.why())
                .contains(reasons));
    }
}
