package org.therapost.server.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.Session;
import javax.mail.internet.MimeMessage;
import javax.mail.internet.MimeMultipart;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.openpgp.api.KeyPassphraseProvider;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyEditor;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.SigningFixture;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;
import org.therapost.server.TestClientKeys;

/** Keys of clients, as they come with their mail and from IT staff, and what Dr Bloom says about them; over real SMTP and IMAP. */
@Tag("integration")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ClientKeysTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String OFFICE = "office@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String SOMEWHERE = "127.9.9.9";
    private static final String SIGNED = SigningFixture.HONEST + ":autocrypt";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern CONFIRM = Pattern.compile("(?m)^confirm ((?:[a-z]+ ){4}[a-z]+)\\s*$");

    private final SigningKey providers = TestPeople.signingKey("provider.example", 2048);
    private TestDns dns;
    private OutsideServer outside;
    private ServerProcess server;
    private String name = "";
    private String alice = "";
    private String thread = "";
    private int clients;
    private int mails;
    private int answers;

    @BeforeAll
    void a_practice(@TempDir Path folder) throws Exception {
        dns = TestDns.start()
                .txt(providers.recordName(), providers.recordText())
                .address(OutsideServer.HOST, "127.0.0.1");
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                        folder.resolve("therapost"),
                        Map.of(
                                "dns.servers",
                                "127.0.0.1:" + dns.address().getPort(),
                                "relay.smarthost",
                                OutsideServer.HOST,
                                "relay.port",
                                String.valueOf(outside.port()),
                                "relay.trust-certificates",
                                outside.certificate().toString()))
                .start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @BeforeEach
    void alice_comes_in() throws Exception {
        name = "Alice" + (char) ('A' + clients / 26) + (char) ('A' + clients++ % 26);
        alice = name.toLowerCase(Locale.ROOT) + "@provider.example";
        thread = server.administrator().client(DR_BLOOM, alice, name);
        answers = 0;
    }

    @AfterAll
    void all_servers_stop() throws Exception {
        server.close();
        outside.close();
        dns.close();
    }

    @Test
    void an_answer_waits_until_her_mail_brings_a_key_and_then_leaves_encrypted_to_it() throws Exception {
        answer("waits-for-her");
        assertThat(carriage()).isEqualTo("wait/none");
        OpenPGPKey laptop = key();

        writes(autocrypt(alice, laptop), SIGNED);

        assertThat(carriage()).isEqualTo("openpgp/not-compared");
        assertThat(notes()).contains("Your answers are encrypted now").hasSize(2);
        assertThat(openedBy(laptop, "waits-for-her")).isTrue();
        writes(autocrypt(alice, laptop), SIGNED);
        assertThat(notes()).as("the same key again is no news").hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        // what the signature covers, the address that the field names
        "from:to:subject:date, alice",
        "from:to:subject:date:autocrypt, bruno@provider.example",
        "from:to:subject:date:autocrypt, ''"
    })
    void a_key_that_her_provider_does_not_vouch_for_or_that_names_somebody_else_is_ignored(String signed, String named)
            throws Exception {
        writes(autocrypt(named.equals("alice") ? alice : named, key()), signed);

        assertThat(count("client_key where thread_id = (select id from thread where address = '" + thread + "')"))
                .isZero();
        assertThat(notes()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Autocrypt: addr=%1$s; prefer-encrypt=mutual; keydata=%2$s\r\nAutocrypt: addr=%1$s; keydata=%2$s",
                "Autocrypt: addr=%1$s; critical=1; keydata=%2$s",
                "Autocrypt: addr=%1$s; keydata=AAAA%2$s",
                "Autocrypt: addr=%1$s; keydata=!",
                "Autocrypt: addr=%1$s",
                "Autocrypt: nonsense"
            })
    void a_field_that_is_none_is_ignored_and_the_mail_is_filed(String field) throws Exception {
        String data = Base64.getEncoder().encodeToString(certificate(key()));

        writes(String.format(field, alice, data), SIGNED);

        assertThat(carriage()).isEqualTo("wait/none");
    }

    @Test
    void an_attached_key_is_hers_if_it_names_her() throws Exception {
        attaches(key("bruno@provider.example"));
        assertThat(carriage()).isEqualTo("wait/none");

        attaches(key());
        assertThat(carriage()).isEqualTo("openpgp/not-compared");
    }

    @Test
    void a_key_from_it_is_not_used_before_dr_bloom_has_compared_it() throws Exception {
        OpenPGPKey laptop = key();
        answer("for-a-key-from-it");
        server.administrator().clientKey(thread, certificate(laptop));
        assertThat(carriage()).isEqualTo("wait/pending");
        assertThat(notes()).contains("A key waits for your word");

        order("confirm " + name);
        String question = note("What is to be compared");
        assertThat(question.replaceAll("\\s", ""))
                .contains(new BouncyCastleKeys(Clock.systemUTC())
                        .fingerprint(new Certificate(certificate(laptop)))
                        .toUpperCase(Locale.ROOT));
        assertThat(carriage()).as("looking at it confirms nothing").isEqualTo("wait/pending");
        order("confirm " + name + " anchor anchor anchor anchor anchor");
        order("confirm " + name + " yes");
        assertThat(carriage()).as("wrong words").isEqualTo("wait/pending");

        order("confirm " + name + " " + phrase(question));

        assertThat(carriage()).isEqualTo("openpgp/compared");
        assertThat(openedBy(laptop, "for-a-key-from-it")).isTrue();
    }

    @Test
    void a_changed_key_waits_the_old_one_is_used_for_a_day_and_then_answers_wait_in_spite_of_a_consent()
            throws Exception {
        OpenPGPKey laptop = key();
        OpenPGPKey phone = key();
        server.administrator().consent(thread, true);
        writes(autocrypt(alice, laptop), SIGNED);
        writes(autocrypt(alice, phone), SIGNED);
        assertThat(carriage()).isEqualTo("openpgp/changed");
        assertThat(note("A key waits for your word")).contains("24 hours");
        answer("within-the-day");
        assertThat(openedBy(laptop, "within-the-day")).isTrue();

        aDayPasses();
        answer("after-the-day");

        assertThat(carriage()).isEqualTo("wait/held-back");
        assertThat(note("Your message is waiting")).contains("that you have not confirmed yet");
        order("confirm " + name + " " + words(phone));
        assertThat(carriage()).isEqualTo("openpgp/compared");
        assertThat(openedBy(phone, "after-the-day")).isTrue();
        writes(autocrypt(alice, laptop), SIGNED);
        assertThat(carriage()).as("the old one does not come back by itself").isEqualTo("openpgp/changed");
    }

    @Test
    void a_refused_key_is_not_used_and_the_one_before_it_is() throws Exception {
        OpenPGPKey laptop = key();
        OpenPGPKey mallorys = key();
        writes(autocrypt(alice, laptop), SIGNED);
        server.administrator().clientKey(thread, certificate(mallorys));
        aDayPasses();
        answer("held-back-by-a-strangers-key");
        assertThat(carriage()).isEqualTo("wait/held-back");

        reply("A key waits for your word", "refuse");

        assertThat(carriage()).isEqualTo("openpgp/not-compared");
        assertThat(openedBy(laptop, "held-back-by-a-strangers-key")).isTrue();
        order("confirm " + name + " " + words(mallorys));
        assertThat(carriage()).as("its words do not confirm it any more").isEqualTo("openpgp/not-compared");
        order("refuse " + name);
        assertThat(carriage()).as("the one in use needs its words").isEqualTo("openpgp/not-compared");
        order("refuse " + name + " " + words(laptop));
        assertThat(carriage()).isEqualTo("wait/none");
    }

    @Test
    void a_key_from_a_mailbox_that_it_added_waits_and_the_note_names_the_mailbox() throws Exception {
        String primary = alice;
        alice = name.toLowerCase(Locale.ROOT) + "-2@provider.example";
        server.administrator().mailbox(thread, alice);

        writes(autocrypt(alice, key()), SIGNED);

        assertThat(carriage()).isEqualTo("wait/pending");
        assertThat(note("A key waits for your word")).contains(alice);
        alice = primary;
        writes(autocrypt(alice, key()), SIGNED);
        assertThat(carriage())
                .as("of several mailboxes none brings the first key")
                .isEqualTo("wait/pending");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void what_was_held_back_does_not_leave_in_clear_when_the_key_goes_away(boolean removedByIt) throws Exception {
        OpenPGPKey laptop = key();
        server.administrator().consent(thread, true);
        writes(autocrypt(alice, laptop), SIGNED);
        order("confirm " + name + " " + words(laptop));
        server.administrator().clientKey(thread, certificate(key()));
        aDayPasses();
        answer("held-back");
        assertThat(carriage()).isEqualTo("wait/held-back");

        if (removedByIt) {
            server.administrator().noClientKey(thread);
        } else {
            order("refuse " + name + " " + words(laptop));
        }

        assertThat(carriage()).isEqualTo(removedByIt ? "wait/none" : "wait/held-back");
        assertThat(note(removedByIt ? "The key was taken off file" : "About the key"))
                .contains("answers wait");
        assertThat(count("mail_queue where carriage = 'wait' and thread_id = (select id from thread where address = '"
                        + thread + "')"))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"confirm", "best\u00e4tigen", "confirmer", "confirmar", "bevestigen"})
    void a_reply_to_the_note_confirms_in_five_languages(String verb) throws Exception {
        OpenPGPKey laptop = key();
        server.administrator().clientKey(thread, certificate(laptop));

        reply("A key waits for your word", verb);
        String question = note("What is to be compared");
        reply("What is to be compared", verb + " " + phrase(question));

        assertThat(carriage()).isEqualTo("openpgp/compared");
    }

    @ParameterizedTest
    @ValueSource(strings = {"refuse", "ablehnen", "refuser", "rechazar", "weigeren"})
    void a_reply_to_the_note_refuses_in_five_languages(String verb) throws Exception {
        server.administrator().clientKey(thread, certificate(key()));

        reply("A key waits for your word", verb.toUpperCase(Locale.ROOT) + ".");

        assertThat(carriage()).isEqualTo("wait/none");
        assertThat(note("About the key")).contains("is not used");
    }

    @Test
    void a_revoked_key_stops_answers_and_dr_bloom_is_told_once() throws Exception {
        OpenPGPKey laptop = key();
        writes(autocrypt(alice, laptop), SIGNED);
        byte[] revoked = new OpenPGPKeyEditor(laptop, (KeyPassphraseProvider) key -> null)
                .revokeKey()
                .done()
                .toCertificate()
                .getEncoded();

        writes(autocrypt(alice, revoked), SIGNED);
        writes(autocrypt(alice, laptop), SIGNED);
        answer("to-a-revoked-key");

        assertThat(notes())
                .filteredOn("The key cannot be used any more"::equals)
                .hasSize(1);
        assertThat(note("Your message is waiting")).contains("was revoked or has expired");
        assertThat(count("mail_queue where carriage = 'wait' and thread_id = (select id from thread where address = '"
                        + thread + "')"))
                .isEqualTo(1);
        writes(autocrypt(alice, key()), SIGNED);
        assertThat(carriage()).as("its successor waits for Dr Bloom").isEqualTo("openpgp/changed");
    }

    @Test
    void commands_that_come_at_once_leave_one_key_in_use() throws Exception {
        OpenPGPKey laptop = key();
        OpenPGPKey phone = key();
        writes(autocrypt(alice, laptop), SIGNED);
        writes(autocrypt(alice, phone), SIGNED);
        List<Thread> orders = new ArrayList<>();
        for (String order : List.of("refuse " + name, "confirm " + name + " " + words(phone), "refuse " + name)) {
            orders.add(new Thread(() -> {
                try {
                    order(order);
                } catch (IOException broken) {
                    throw new AssertionError(broken);
                }
            }));
        }
        orders.forEach(Thread::start);
        for (Thread order : orders) {
            order.join();
        }
        assertThat(carriage()).isIn("openpgp/compared", "openpgp/not-compared");
        assertThat(count("client_key where state = 'in-use' and thread_id = (select id from thread where address = '"
                        + thread + "')"))
                .isEqualTo(1);
    }

    // --- Alice -----------------------------------------------------------------------------------------------------

    private OpenPGPKey key() throws Exception {
        return key(alice);
    }

    @SuppressWarnings("JavaUtilDate") // Bouncy Castle asks for one.
    private static OpenPGPKey key(String user) throws Exception {
        return new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(),
                        PublicKeyPacket.VERSION_4,
                        false,
                        Date.from(Instant.now().minusSeconds(60)))
                .classicKey(user)
                .build();
    }

    private static byte[] certificate(OpenPGPKey key) throws IOException {
        return key.toCertificate().getEncoded();
    }

    private static String autocrypt(String address, OpenPGPKey key) throws IOException {
        return autocrypt(address, certificate(key));
    }

    private static String autocrypt(String address, byte[] certificate) {
        return "Autocrypt: addr=" + address + "; prefer-encrypt=mutual; keydata=\r\n "
                + Base64.getMimeEncoder(72, "\r\n ".getBytes(US_ASCII)).encodeToString(certificate);
    }

    /** From a host of nobody's, so that only the signature proves it. */
    private void writes(String field, String signed) throws IOException {
        hands(field + "\r\n\r\nI slept well.\r\n", signed);
    }

    private void attaches(OpenPGPKey key) throws IOException {
        hands(
                "MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nMy key.\r\n--b\r\n"
                        + "Content-Type: application/PGP-keys; name=\"key.asc\"\r\n"
                        + "Content-Disposition: attachment; filename=\"key.asc\"\r\n\r\n"
                        + key.toCertificate().toAsciiArmoredString().replaceAll("\r?\n", "\r\n") + "\r\n--b--\r\n",
                SigningFixture.HONEST + ":content-type");
    }

    private void hands(String rest, String signed) throws IOException {
        String mail = "From: " + name + " <" + alice + ">\r\nTo: " + thread + "\r\nSubject: " + ++mails
                + "\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n" + rest;
        MailContent content =
                SigningFixture.by(providers).fields(signed).sign(MailContent.of(mail.getBytes(ISO_8859_1)));
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                        InetAddress.getLoopbackAddress(), server.port("smtp"), InetAddress.getByName(SOMEWHERE), 0))
                .expect("250", "EHLO somewhere.example")) {
            assertThat(smtp.mail(alice, thread, new String(content.octets(), ISO_8859_1)))
                    .startsWith("250 ");
        }
    }

    /** Whether all answers have left, and the last one, which has this word in it, is encrypted to a key. */
    private boolean openedBy(OpenPGPKey key, String word) throws Exception {
        BouncyCastleSealer sealer = new BouncyCastleSealer(Clock.systemUTC());
        Certificate certificate = new Certificate(certificate(key));
        await().atMost(PATIENCE).until(() -> hers().size() == answers);
        String last = hers().get(answers - 1);
        assertThat(last).doesNotContain(word);
        Matcher armor = Pattern.compile("(?s)-----BEGIN PGP MESSAGE-----.*-----END PGP MESSAGE-----")
                .matcher(last);
        return armor.find() && sealer.isEncryptedTo(armor.group().getBytes(US_ASCII), certificate);
    }

    private List<String> hers() {
        return outside.taken().stream()
                .filter(mail -> mail.contains("To: " + alice))
                .toList();
    }

    // --- Dr Bloom --------------------------------------------------------------------------------------------------

    private void answer(String word) throws IOException {
        submit(thread, "Subject: " + word + "\r\n", word + "\r\n");
        answers++;
    }

    private void order(String command) throws IOException {
        submit(
                OFFICE,
                "Subject: =?utf-8?B?" + Base64.getEncoder().encodeToString(command.getBytes(UTF_8)) + "?=\r\n",
                "");
    }

    private void reply(String note, String words) throws Exception {
        MimeMessage answered = last(note);
        submit(
                OFFICE,
                "Subject: Re: " + note.replace("’", "'") + "\r\nIn-Reply-To: " + answered.getMessageID()
                        + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n",
                words + "\r\n\r\n> " + note + "\r\n");
    }

    private void submit(String to, String fields, String words) throws IOException {
        String mail = "From: " + DR_BLOOM + "\r\nTo: " + to + "\r\nMessage-ID: <" + ++mails
                + "@laptop.example>\r\nMIME-Version: 1.0\r\n" + fields + "\r\n" + words;
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO laptop.example")) {
            assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235");
            assertThat(smtp.mail(DR_BLOOM, to, mail.getBytes(UTF_8))).startsWith("250 ");
        }
    }

    private String words(OpenPGPKey key) throws Exception {
        byte[] threads = server.administrator().certificate(thread).getBytes(US_ASCII);
        return TestClientKeys.phrase(threads, certificate(key));
    }

    private static String phrase(String question) {
        Matcher line = CONFIRM.matcher(question);
        assertThat(line.find()).as(question).isTrue();
        return line.group(1);
    }

    /** Subjects of the notes about this client, without the name, oldest first. */
    private List<String> notes() throws Exception {
        List<String> subjects = new ArrayList<>();
        for (MimeMessage note : inbox()) {
            if (note.getSubject().startsWith(name + ": ")) {
                subjects.add(note.getSubject().substring(name.length() + 2));
            }
        }
        return subjects;
    }

    private MimeMessage last(String subject) throws Exception {
        return inbox().stream()
                .filter(note -> subjectOf(note).equals(name + ": " + subject))
                .reduce((one, later) -> later)
                .orElseThrow(() -> new AssertionError("no note: " + subject));
    }

    private String note(String subject) throws Exception {
        Object content = last(subject).getContent();
        return content instanceof MimeMultipart parts
                ? parts.getBodyPart(0).getContent().toString()
                : content.toString();
    }

    private static String subjectOf(MimeMessage note) {
        try {
            return String.valueOf(note.getSubject());
        } catch (javax.mail.MessagingException unreadable) {
            throw new AssertionError(unreadable);
        }
    }

    private List<MimeMessage> inbox() throws Exception {
        List<MimeMessage> all = new ArrayList<>();
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT INBOX");
            for (RawImap.Line line : program.ok("UID FETCH 1:* (BODY.PEEK[])").fetched()) {
                all.add(new MimeMessage(
                        Session.getInstance(new java.util.Properties()), new ByteArrayInputStream(line.literal())));
            }
        }
        return all;
    }

    // --- IT staff --------------------------------------------------------------------------------------------------

    private String carriage() throws Exception {
        com.fasterxml.jackson.databind.JsonNode shown = server.administrator().thread(thread);
        return shown.path("carriage").asText() + "/" + shown.path("key").asText();
    }

    private void aDayPasses() throws Exception {
        sql("update client_key set pending_since = pending_since - interval '24 hours' where pending_since is not"
                + " null");
    }

    private void sql(String change) throws Exception {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement()) {
            statement.executeUpdate(change);
        }
    }

    private int count(String rows) throws Exception {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement();
                ResultSet result = statement.executeQuery("select count(*) from " + rows)) {
            result.next();
            return result.getInt(1);
        }
    }
}
