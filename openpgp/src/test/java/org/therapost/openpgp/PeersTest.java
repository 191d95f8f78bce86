package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.record.CheckpointHead;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.NewThreadKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.openpgp.packets.OctetStrings;
import org.therapost.openpgp.reading.ParsedSecretKey;
import org.therapost.openpgp.reading.UnlockedKeys;
import org.therapost.openpgp.signatures.CleartextSignatures;

/** GnuPG, Sequoia and RNP accept what is made here, and what they make is accepted here. */
@Tag("peers")
class PeersTest {

    private static final String PASSPHRASE = "correct horse battery";
    private static final byte[] ENTITY = Mails.ALICE_WRITES.getBytes(UTF_8);

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final BouncyCastleSealer sealer = new BouncyCastleSealer(Mails.CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final NewThreadKey thread = keys.generateForThread(EmailAddress.of("k7m2qx@practice.example"));
    private Programs programs;

    @BeforeEach
    void open() throws Exception {
        programs = Programs.inNewFolder();
    }

    @AfterEach
    void close() throws Exception {
        programs.remove();
    }

    @Test
    void gpg_accepts_our_certificates() throws Exception {
        programs.gpg("--import", programs.write("cert.asc", keys.armor(bloom.certificate())));
        String listing = text(programs.gpg("--with-colons", "--fixed-list-mode", "--list-keys"));
        assertThat(listing)
                .containsPattern("(?m)^pub:[^:]*:255:22:.*:scESC:")
                .containsPattern("(?m)^sub:[^:]*:255:18:.*:e:")
                .contains("Dr Bloom <bloom@practice.example>")
                .containsIgnoringCase(keys.fingerprint(bloom.certificate()));
        assertThat(text(programs.gpg("--check-signatures", "--with-colons")))
                .contains("sig:!:")
                .doesNotContain("sig:-:");
    }

    @Test
    void gpg_accepts_the_certificate_of_a_thread() throws Exception {
        programs.gpg(
                "--import",
                programs.write("cert.asc", keys.armor(thread.signing().certificate())));
        assertThat(text(programs.gpg("--with-colons", "--fixed-list-mode", "--list-keys")))
                .containsPattern("(?m)^pub:[^:]*:255:22:.*:cESC:")
                .containsPattern("(?m)^sub:[^:]*:255:18:.*:e:")
                .containsPattern("(?m)^sub:[^:]*:255:22:.*:s:");
        assertThat(text(programs.gpg("--check-signatures", "--with-colons")))
                .contains("sig:!:")
                .doesNotContain("sig:-:");
    }

    @Test
    void gpg_verifies_a_checkpoint_that_the_therapists_key_has_signed() throws Exception {
        programs.gpg("--import", programs.write("cert.asc", keys.armor(bloom.certificate())));
        Checkpoint checkpoint = new Checkpoint(
                new TherapistId(UUID.randomUUID()),
                keys.fingerprint(bloom.certificate()),
                Mails.CLOCK.instant(),
                Checkpoint.FIRST,
                List.of(new CheckpointHead(new ThreadId(UUID.randomUUID()), 7, new byte[32])));
        String signed = CleartextSignatures.sign(bloom.secret(), checkpoint.text(), Mails.CLOCK.instant());
        assertThat(text(programs.gpg("--status-fd", "1", "--verify", programs.write("checkpoint.txt", signed))))
                .contains(
                        "GOODSIG",
                        "VALIDSIG " + keys.fingerprint(bloom.certificate()).toUpperCase(Locale.ROOT));
        assertThat(text(programs.gpg("--decrypt", programs.write("checkpoint.txt", signed))))
                .isEqualTo(checkpoint.text());
    }

    @Test
    void sequoia_accepts_our_certificates() throws Exception {
        String inspected =
                text(programs.run("sq", "inspect", programs.write("cert.asc", keys.armor(bloom.certificate()))));
        assertThat(inspected)
                .contains("Key flags: certification, signing")
                .contains("Key flags: transport encryption, data-at-rest encryption")
                .contains("Dr Bloom <bloom@practice.example>")
                .doesNotContainIgnoringCase("invalid")
                .doesNotContainIgnoringCase("bad signature");
    }

    @Test
    void rnp_accepts_our_certificates() throws Exception {
        programs.rnpkeys("--import-keys", programs.write("cert.asc", keys.armor(bloom.certificate())));
        assertThat(text(programs.rnpkeys("--list-keys")))
                .contains("255/EdDSA")
                .contains("255/ECDH")
                .contains("Dr Bloom <bloom@practice.example>");
    }

    @Test
    void gpg_with_the_exported_therapist_key_opens_what_is_at_rest() throws Exception {
        importIntoGpg(bloom);
        for (MailContent mail : mails()) {
            SealedMessage sealed = sealer.seal(mail, Readers.of(bloom.certificate()));
            assertThat(gpgDecrypts(message(sealed))).isEqualTo(mail.octets());
            assertThat(gpgDecrypts(OctetStrings.join(sealed.keyPackets(), sealed.headerPacket())))
                    .isEqualTo(mail.header());
        }
    }

    @Test
    void gpg_opens_the_share_of_a_thread_key_and_with_it_the_thread() throws Exception {
        importIntoGpg(bloom);
        SealedKey share = keys.share(thread.secret(), bloom.certificate());
        programs.gpg("--passphrase", "", "--import", programs.write("thread.key", gpgDecrypts(share.octets())));
        SealedMessage sealed = sealer.seal(
                Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.signing().certificate()));
        assertThat(gpgDecrypts(message(sealed))).isEqualTo(ENTITY);
    }

    @Test
    void sequoia_opens_the_share_of_a_thread_key_and_with_it_the_thread() throws Exception {
        SealedKey share = keys.share(thread.secret(), bloom.certificate());
        programs.write("bloom.key", bloom.secret().expose());
        programs.write("thread.key", sqDecrypts("bloom.key", share.octets()));
        for (MailContent mail : mails()) {
            SealedMessage sealed = sealer.seal(mail, Readers.of(thread.signing().certificate(), bloom.certificate()));
            assertThat(sqDecrypts("thread.key", message(sealed))).isEqualTo(mail.octets());
            assertThat(sqDecrypts("bloom.key", message(sealed))).isEqualTo(mail.octets());
        }
    }

    @Test
    void sequoia_reads_the_exported_therapist_key() throws Exception {
        String exported = keys.armor(bloom.secret(), Password.offered(PASSPHRASE));
        assertThat(text(programs.run("sq", "inspect", programs.write("bloom.key", exported))))
                .contains("Secret key: Encrypted")
                .doesNotContain("Secret key: Unencrypted");
    }

    @Test
    void rnp_with_the_exported_therapist_key_opens_the_share_and_with_it_the_thread() throws Exception {
        String exported = keys.armor(bloom.secret(), Password.offered(PASSPHRASE));
        programs.rnpkeys("--import-keys", programs.write("bloom.asc", exported));
        SealedKey share = keys.share(thread.secret(), bloom.certificate());
        programs.rnpkeys("--import-keys", programs.write("thread.key", rnpDecrypts(share.octets())));
        for (MailContent mail : mails()) {
            SealedMessage direct = sealer.seal(mail, Readers.of(bloom.certificate()));
            assertThat(rnpDecrypts(message(direct))).isEqualTo(mail.octets());
            SealedMessage sealed = sealer.seal(mail, Readers.of(thread.signing().certificate()));
            assertThat(rnpDecrypts(message(sealed))).isEqualTo(mail.octets());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"future-default", "rsa3072"})
    void gpg_opens_what_is_carried_to_it(String algorithm) throws Exception {
        programs.gpg("--passphrase", "", "--quick-generate-key", "alice@example.net", algorithm, "default", "never");
        if (algorithm.startsWith("rsa")) {
            String primary = text(programs.gpg("--with-colons", "--list-keys"))
                    .lines()
                    .filter(line -> line.startsWith("fpr:"))
                    .findFirst()
                    .orElseThrow()
                    .split(":")[9];
            programs.gpg("--passphrase", "", "--quick-add-key", primary, algorithm, "encr", "never");
        }
        Certificate alice =
                keys.read(programs.gpg("--armor", "--export")).toOptional().orElseThrow();
        assertThat(gpgDecrypts(carried(alice))).isEqualTo(ENTITY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cv25519", "rsa3k"})
    void sequoia_opens_what_is_carried_to_it(String suite) throws Exception {
        programs.run(
                "sq",
                "key",
                "generate",
                "--userid",
                "alice@example.net",
                "--cipher-suite",
                suite,
                "--export",
                programs.file("alice.key"));
        Certificate alice = keys.read(programs.run("sq", "key", "extract-cert", programs.file("alice.key")))
                .toOptional()
                .orElseThrow();
        assertThat(sqDecrypts("alice.key", carried(alice))).isEqualTo(ENTITY);
    }

    @Test
    void rnp_opens_what_is_carried_to_it() throws Exception {
        programs.rnpkeys("--generate-key", "--userid", "alice@example.net", "--password", PASSPHRASE);
        Certificate alice = keys.read(programs.rnpkeys("--export-key", "alice@example.net"))
                .toOptional()
                .orElseThrow();
        assertThat(rnpDecrypts(carried(alice))).isEqualTo(ENTITY);
    }

    @Test
    void gpg_and_rnp_open_the_envelope_that_is_served() throws Exception {
        importIntoGpg(bloom);
        programs.rnpkeys(
                "--import-keys", programs.write("bloom.asc", keys.armor(bloom.secret(), Password.offered(PASSPHRASE))));
        programs.write("bloom.key", bloom.secret().expose());
        for (MailContent mail : mails()) {
            byte[] armor = served(mail);
            assertThat(gpgDecrypts(armor)).isEqualTo(mail.octets());
            assertThat(rnpDecrypts(armor)).isEqualTo(mail.octets());
            assertThat(sqDecrypts("bloom.key", armor)).isEqualTo(mail.octets());
        }
    }

    @Test
    void what_gpg_encrypts_to_our_certificate_is_recognized_and_opened() throws Exception {
        programs.gpg("--import", programs.write("cert.asc", keys.armor(bloom.certificate())));
        byte[] armored = programs.gpg(
                "--armor",
                "--output",
                "-",
                "--encrypt",
                "--recipient",
                "bloom@practice.example",
                programs.write("mail", ENTITY));
        assertThat(sealer.isEncryptedTo(armored, bloom.certificate())).isTrue();
        assertThat(sealer.isEncryptedTo(armored, thread.signing().certificate()))
                .isFalse();
        byte[] binary = programs.gpg(
                "--output", "-", "--encrypt", "--recipient", "bloom@practice.example", programs.file("mail"));
        assertThat(opened(binary)).isEqualTo(ENTITY);
        byte[] hidden = programs.gpg(
                "--output", "-", "--encrypt", "--hidden-recipient", "bloom@practice.example", programs.file("mail"));
        assertThat(opened(hidden)).isEqualTo(ENTITY);
        assertThat(sealer.isEncryptedTo(hidden, bloom.certificate())).isFalse();
        byte[] stored = programs.gpg("--output", "-", "--store", programs.file("mail"));
        assertThat(sealer.isEncryptedTo(stored, bloom.certificate())).isFalse();
    }

    @Test
    void an_expired_certificate_of_gpg_is_refused() throws Exception {
        programs.gpg(
                "--passphrase",
                "",
                "--faked-system-time",
                "20200101T000000",
                "--quick-generate-key",
                "alice@example.net",
                "future-default",
                "default",
                "1d");
        byte[] expired = programs.gpg("--export", "alice@example.net");
        assertThat(keys.read(expired)).isInstanceOfSatisfying(Parsed.Invalid.class, invalid -> assertThat(invalid.why())
                .contains("expired"));
    }

    private static MailContent[] mails() {
        return new MailContent[] {
            Mails.mail(Mails.ALICE_WRITES), Mails.mail("Subject: no body\r\n\r\n"), Mails.large(1 << 20)
        };
    }

    private void importIntoGpg(NewKey key) throws Exception {
        String exported = keys.armor(key.secret(), Password.offered(PASSPHRASE));
        programs.gpg("--passphrase", PASSPHRASE, "--import", programs.write("secret.asc", exported));
    }

    private byte[] carried(Certificate recipient) {
        byte[] armored = sealer.encryptForCarriage(ENTITY, recipient, Optional.empty());
        assertThat(sealer.isEncryptedTo(armored, recipient)).isTrue();
        assertThat(text(armored).replace("\r\n", "")).doesNotContain("\n").doesNotContain("\r");
        return armored;
    }

    private byte[] served(MailContent mail) throws SealedException {
        SealedMessage sealed =
                sealer.seal(mail, Mails.ownCustody(thread.signing().certificate(), bloom.certificate()));
        return EnvelopeTest.armorOf(keys.closedView().content(sealed));
    }

    private byte[] opened(byte[] binary) throws SealedException {
        return new UnlockedKeys(ParsedSecretKey.read(bloom.secret().expose()), Mails.NO_SHARES)
                .open(new byte[0], binary);
    }

    private byte[] gpgDecrypts(byte[] message) throws Exception {
        return programs.gpg("--passphrase", PASSPHRASE, "--decrypt", programs.write("message", message));
    }

    private byte[] sqDecrypts(String key, byte[] message) throws Exception {
        return programs.run("sq", "decrypt", "--recipient-key", programs.file(key), programs.write("message", message));
    }

    private byte[] rnpDecrypts(byte[] message) throws Exception {
        return programs.rnp("--password", PASSPHRASE, "--decrypt", "--output", "-", programs.write("message", message));
    }

    private static byte[] message(SealedMessage sealed) {
        return OctetStrings.join(sealed.keyPackets(), sealed.dataPacket());
    }

    private static String text(byte[] octets) {
        return new String(octets, UTF_8);
    }
}
