package org.therapost.server.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.SigningFixture;
import org.therapost.openpgp.BouncyCastleKeys;
import org.therapost.openpgp.BouncyCastleSealer;
import org.therapost.server.TestClientKeys;

/** Walks the table of {@code docs/every-mail.md}: each kind of mail has the answer and the one end that the table promises. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class EveryMailTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String OFFICE = "office@practice.example";
    private static final String GOOGLE = "bloom.d@gmail.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final String BRUNO = "bruno@elsewhere.example";
    private static final String FAILED = "Alice: A report says: your message did not arrive";
    private static final String DELAYED = "Alice: A report says: your message is delayed";
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Pattern ROW = Pattern.compile("(?m)^\\| ([TCOB]\\d+) \\|.*$");
    private static final Pattern SUBJECT = Pattern.compile("(?im)^Subject: (.*)$");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?im)^Message-ID:\\s*(<[^>]+>)");
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static TestDns dns;
    private static OutsideServer outside;
    private static ServerProcess server;
    private static final SigningKey PROVIDERS = TestPeople.signingKey("provider.example", 2048);
    private static String alices = "";
    private static String brunos = "";
    private static String doras = "";
    private static RawSmtp program;
    private static RawImap mailbox;
    private static int numbers;

    private interface Case {
        void walk() throws Exception;
    }

    @BeforeAll
    static void a_practice_with_two_clients_and_one_whose_mailbox_nothing_reaches(@TempDir Path folder)
            throws Exception {
        dns = TestDns.start()
                .address(OutsideServer.HOST, "127.0.0.1")
                .txt(PROVIDERS.recordName(), PROVIDERS.recordText());
        outside = new OutsideServer(folder.resolve("outside"));
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of(
                        "dns.servers",
                        "127.0.0.1:" + dns.address().getPort(),
                        "inbound.trusted-networks",
                        "127.0.0.1",
                        "relay.smarthost",
                        OutsideServer.HOST,
                        "relay.port",
                        String.valueOf(outside.port()),
                        "relay.trust-certificates",
                        outside.certificate().toString(),
                        "sessions.zone",
                        "Europe/London"));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        alices = server.administrator().client(DR_BLOOM, ALICE, "Alice");
        brunos = server.administrator().client(DR_BLOOM, BRUNO, "Bruno");
        server.administrator().consent(alices, true);
        doras = server.administrator().client(DR_BLOOM, "dora@provider.example", "Dora");
        server.administrator().consent(doras, true);
        EarlierRelease.enterMailbox(server, doras, "dora@u_1.example");
        server.stop();
        server.start();
        program = bloomsProgram();
        mailbox = server.imaps().login(DR_BLOOM, PASSWORD);
    }

    @AfterAll
    static void all_servers_stop() throws Exception {
        program.close();
        mailbox.close();
        server.close();
        outside.close();
        dns.close();
    }

    static List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        Matcher row = ROW.matcher(Files.readString(Path.of("../docs/every-mail.md")));
        while (row.find()) {
            rows.add(row.group(1));
        }
        assertThat(rows)
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(new EveryMailTest().cases().keySet());
        return rows;
    }

    @ParameterizedTest
    @MethodSource("rows")
    void a_row_has_the_answer_and_the_end_that_it_promises(String row) throws Exception {
        Objects.requireNonNull(cases().get(row), row).walk();
    }

    private Map<String, Case> cases() {
        Map<String, Case> cases = new LinkedHashMap<>();
        cases.put("T1", () -> {
            carried(alices, "Subject: Session on Friday: please bring your diary", "As agreed.");
            carried(alices, "Subject: session cancel", "I have to cancel.");
            assertThat(subjects("Clients/Alice")).contains("session cancel");
        });
        cases.put("T2", () -> {
            carried(ALICE, "Subject: New", "To your own mailbox.");
            carried(ALICE, "Subject: Re: New\r\nIn-Reply-To: <a1@provider.example>", "In reply.");
            assertThat(subjects("Clients/Alice")).contains("New", "Re: New");
        });
        cases.put("T3", () -> {
            String mail = submitted(alices, "Subject: the workshop\r\n" + withFile("Please read chapter two."));
            assertThat(mail).startsWith("250 ");
            assertThat(taken("Please read chapter two.")).contains("text/calendar", "course.ics");
        });
        cases.put("T4", () -> {
            noted("Alice: Invitation sent", () -> accepted(alices, invitation("T4", 0, DR_BLOOM, alices, "")));
            assertThat(taken("method=REQUEST")).doesNotContain("Grief", DR_BLOOM);
        });
        cases.put("T5", () -> {
            String words = "I look forward to it, and please bring the letter.";
            String note = noted(
                    "Alice: Invitation sent", () -> accepted(alices, invitation("T5", 0, DR_BLOOM, alices, words)));
            assertThat(note).contains("not passed on", alices);
            assertThat(outside.taken()).noneMatch(mail -> mail.contains("bring the letter"));
        });
        cases.put("T6", () -> {
            String note = noted(
                    "Alice: Is this your own address?",
                    () -> accepted(alices, invitation("T6", 0, "calendar.d@icloud.example", alices, "")));
            assertThat(note).contains("calendar.d@icloud.example");
            assertThat(subjects("INBOX")).contains("Alice: Invitation sent");
        });
        cases.put("T7", () -> {
            String note = noted(
                    "Alice: Sent as a letter", () -> accepted(alices, invitation("T7", 0, BRUNO, alices, "Come too?")));
            assertThat(note).contains("No session");
            assertThat(taken("Come too?")).contains("text/calendar");
        });
        cases.put("T8", () -> {
            accepted(alices, invitation("T8", 0, DR_BLOOM, alices, ""));
            String note = noted("Alice: cancelled, ", () -> accepted(alices, cancellation("T8", 1)));
            assertThat(note).contains("is cancelled");
            taken("method=CANCEL");
        });
        cases.put("T9", () -> {
            noted("Alice: Calendar message without effect", () -> accepted(alices, cancellation("unknown", 1)));
            accepted(alices, invitation("T9", 0, DR_BLOOM, alices, ""));
            noted(
                    "Alice: Calendar message without effect",
                    () -> accepted(alices, invitation("T9", 0, DR_BLOOM, alices, "")));
        });
        cases.put("T10", () -> {
            noted(
                    "Alice: Automatic mail was not sent",
                    () -> accepted(alices, "Subject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nI am in Rome.\r\n"));
            assertThat(outside.taken()).noneMatch(mail -> mail.contains("Rome"));
        });
        cases.put("T11", () -> {
            String receipt = noted("Alice: Automatic mail was not sent", () -> assertThat(
                            submitted("", alices, report("disposition-notification")))
                    .startsWith("250 "));
            assertThat(receipt).contains("read receipt");
            noted("Alice: Automatic mail was not sent", () -> accepted(ALICE, report("delivery-status")));
            assertThat(outside.taken()).noneMatch(mail -> mail.contains("Reporting-UA"));
        });
        cases.put("T12", () -> noted("Alice: Your command", () -> accepted(OFFICE, "Subject: list Alice\r\n\r\n")));
        cases.put("T13", () -> {
            String note = noted("Bruno: Your command", () -> accepted(OFFICE, "Subject: list Bruno\r\n\r\n"));
            noted(
                    "Bruno: Your command",
                    () -> accepted(
                            OFFICE,
                            "Subject: Re: Bruno: Your command\r\nIn-Reply-To: " + found(MESSAGE_ID, note)
                                    + "\r\nContent-Type: text/plain\r\n\r\nsession open 20\r\n\r\n> Done.\r\n"));
            assertThat(server.administrator()
                            .sessions(brunos)
                            .path("windows")
                            .path(0)
                            .path("state")
                            .asText())
                    .isEqualTo("open");
        });
        cases.put("T14", () -> {
            String note = noted("Which client?", () -> accepted(OFFICE, "Subject: session cancel\r\n\r\n"));
            assertThat(note).contains("Alice", alices, "Bruno", brunos);
        });
        cases.put("T15", () -> {
            noted("Not understood", () -> accepted(OFFICE, "Subject: Hello\r\n\r\nHow are you?\r\n"));
            noted("Commands", () -> accepted(OFFICE, "Subject: help\r\n\r\n"));
            String away = "Subject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nx\r\n";
            noted("Automatic mail to the office", () -> accepted(OFFICE, away));
        });
        cases.put("T16", () -> {
            String note = noted("Alice: Your command", () -> accepted(OFFICE, "Subject: list Alice\r\n\r\n"));
            refused(
                    alices,
                    "Subject: Re: x\r\nIn-Reply-To: " + found(MESSAGE_ID, note) + "\r\n\r\nI see.\r\n",
                    "550 5.7.1");
        });
        cases.put("T17", () -> {
            refused(alices + ", " + brunos, "Subject: Both\r\n\r\nDear both\r\n", "550 5.7.1");
            refused(alices + ", " + OFFICE, "Subject: Both\r\n\r\nDear both\r\n", "550 5.7.1");
        });
        cases.put("T18", () -> {
            refused(alices + ", friend@outside.example", "Subject: Both\r\n\r\nDear both\r\n", "550 5.7.1");
        });
        cases.put("T19", () -> {
            for (String to : List.of("friend@outside.example", "postmaster@practice.example")) {
                assertThat(program.mail(DR_BLOOM, to, "")).startsWith("550 5.7.1");
            }
            assertThat(program.mail("other@practice.example", alices, "")).startsWith("553 ");
        });
        cases.put("T20", () -> {
            assertThat(fromOutside(ALICE, alices, "Message-ID: <t20@provider.example>\r\nSubject: T20\r\n\r\nx\r\n"))
                    .startsWith("250 ");
            carried(alices, "Message-ID: <t20@laptop.example>\r\nSubject: T20", "To Alice alone.");
            List<String> answers = Stream.of(
                            "In-Reply-To: <t20@provider.example>",
                            "In-Reply-To: <t20@laptop.example>",
                            "References: <t20@provider.example> <unknown@elsewhere.example>",
                            "In-Reply-To: Your message of Tuesday\r\nReferences: <t20@laptop.example>")
                    .map(fields -> "Subject: Re: T20\r\n" + fields + "\r\n\r\n> x\r\n\r\nI see.\r\n")
                    .toList();
            for (String answer : answers) {
                refused(brunos, answer, "550 5.7.1");
                refused(BRUNO, answer, "550 5.7.1");
                assertThat(submitted(brunos, answer)).contains("another client", alices);
            }
            for (int i = 0; i < answers.size(); i++) {
                // All have left when the next row begins, which looks whether anything leaves.
                carried(
                        alices,
                        answers.get(i)
                                .replace("\r\n\r\n> x", "\r\n\r\nAnswer " + i + ".\r\n> x")
                                .stripTrailing(),
                        "");
            }
        });
        cases.put("T21", () -> {
            for (String rest : List.of(
                    "Subject: A letter\r\n\r\nHello\r\n",
                    "Subject: Re: you\r\nIn-Reply-To: <dora@mail.example>\r\n\r\nHello\r\n",
                    invitation("T21", 0, DR_BLOOM, doras, ""))) {
                refused(doras, rest, "550 5.1.3");
            }
            assertThat(notes("Dora: Mail cannot reach your client")).hasSize(1);
            assertThat(server.administrator().messages(doras)).as("filed").isZero();
            assertThat(server.administrator().sessions(doras).path("windows")).isEmpty();
        });
        cases.put(
                "T22",
                () -> noted(
                        "Alice: No new mail server",
                        () -> accepted(OFFICE, "Subject: accept new server Alice\r\n\r\n")));
        cases.put("T23", () -> {
            String elsas = server.administrator().client(DR_BLOOM, "elsa@provider.example", "Elsa");
            noted("Elsa: About the key", () -> accepted(OFFICE, "Subject: confirm Elsa\r\n\r\n"));
            byte[] key = new BouncyCastleKeys(Clock.systemUTC())
                    .generate("elsa@provider.example")
                    .certificate()
                    .encoded();
            String waits = noted("Elsa: A key waits for your word", () -> server.administrator()
                    .clientKey(elsas, key));
            noted(
                    "Elsa: What is to be compared",
                    () -> accepted(
                            OFFICE,
                            "Subject: Re: A key\r\nIn-Reply-To: " + found(MESSAGE_ID, waits)
                                    + "\r\nContent-Type: text/plain\r\n\r\nconfirm\r\n"));
            String words = TestClientKeys.phrase(
                    server.administrator().certificate(elsas).getBytes(UTF_8), key);
            noted("Elsa: About the key", () -> accepted(OFFICE, "Subject: confirm Elsa " + words + "\r\n\r\n"));
            assertThat(server.administrator().thread(elsas).path("key").asText())
                    .isEqualTo("compared");
        });
        cases.put("C1", () -> {
            assertThat(fromOutside(ALICE, alices, "Subject: A letter\r\n\r\nHello\r\n"))
                    .startsWith("250 ");
            assertThat(subjects("INBOX")).contains("A letter");
            assertThat(subjects("Clients/Alice")).contains("A letter");
        });
        cases.put("C2", () -> {
            String away = "Subject: Away\r\nAuto-Submitted: auto-replied\r\n\r\nI am in Rome.\r\n";
            assertThat(fromOutside(ALICE, alices, away)).startsWith("250 ");
            assertThat(fromOutside(ALICE, alices, report("disposition-notification")))
                    .startsWith("250 ");
            assertThat(subjects("Clients/Alice")).contains("Away", "Report");
        });
        cases.put("C3", () -> {
            accepted(alices, invitation("C3", 0, DR_BLOOM, alices, ""));
            String reply = calendar("REPLY", "C3", 0, DR_BLOOM, "ATTENDEE;PARTSTAT=ACCEPTED:mailto:" + ALICE, "");
            String note = noted("Alice: accepted, ", () -> assertThat(fromOutside(ALICE, alices, reply))
                    .startsWith("250 "));
            assertThat(note).contains("method=REPLY");
        });
        cases.put("C4", () -> {
            // Alice was written to by the server within the hour, and is not again so soon.
            String carols = server.administrator().client(DR_BLOOM, "carol@provider.example", "Carol");
            server.administrator().consent(carols, true);
            assertThat(fromOutside("carol@work.example", carols, "Subject: From work\r\n\r\nHello\r\n"))
                    .startsWith("550 5.7.1");
            assertThat(taken("Subject: A message from another address")).doesNotContain("work.example");
        });
        cases.put("C5", () -> {
            String certificate = server.administrator().certificate(alices);
            BouncyCastleKeys keys = new BouncyCastleKeys(Clock.systemUTC());
            byte[] message = new BouncyCastleSealer(Clock.systemUTC())
                    .encryptForCarriage(
                            "Content-Type: text/plain\r\n\r\nFor your eyes only.\r\n".getBytes(UTF_8),
                            keys.read(certificate.getBytes(UTF_8)).toOptional().orElseThrow(),
                            Optional.empty());
            long before = server.administrator().messages(alices);
            assertThat(fromOutside(ALICE, alices, "Subject: ...\r\n" + encrypted(message)))
                    .startsWith("554 5.7.5");
            assertThat(server.administrator().messages(alices)).isEqualTo(before);
        });
        cases.put("C6", () -> {
            String fionas = server.administrator().client(DR_BLOOM, "fiona@provider.example", "Fiona");
            String key = Base64.getEncoder()
                    .encodeToString(new BouncyCastleKeys(Clock.systemUTC())
                            .generate("fiona@provider.example")
                            .certificate()
                            .encoded());
            String letter = "From: fiona@provider.example\r\nTo: " + fionas
                    + "\r\nSubject: With a key\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n"
                    + "Autocrypt: addr=fiona@provider.example; keydata=" + key + "\r\n\r\nHello\r\n";
            assertThat(handedOver("fiona@provider.example", fionas, letter)).startsWith("250 ");
            assertThat(subjects("Clients/Fiona")).contains("With a key");
            assertThat(server.administrator().thread(fionas).path("key").asText())
                    .isEqualTo("none");
            String signed = new String(
                    SigningFixture.by(PROVIDERS)
                            .fields(SigningFixture.HONEST + ":autocrypt")
                            .sign(MailContent.of(
                                    letter.replace("With a", "With my").getBytes(UTF_8)))
                            .octets(),
                    UTF_8);
            noted("Fiona: Your answers are encrypted now", () -> assertThat(
                            handedOver("fiona@provider.example", fionas, signed))
                    .startsWith("250 "));
        });
        cases.put("O1", () -> {
            assertThat(fromOutside("zoe@mail.example", DR_BLOOM, "Subject: May I come?\r\n\r\nHello\r\n"))
                    .startsWith("250 ");
            assertThat(subjects("Enquiries")).contains("May I come?");
        });
        cases.put("O2", () -> {
            String known = fromOutside(DR_BLOOM, OFFICE, "Subject: session open Alice\r\n\r\n");
            assertThat(known).isEqualTo(fromOutside(DR_BLOOM, "nobody@practice.example", "Subject: x\r\n\r\n"));
            assertThat(known).startsWith("550 5.1.1");
        });
        cases.put("O3", () -> assertThat(fromOutside(ALICE, "nobody@practice.example", "Subject: x\r\n\r\nx\r\n"))
                .startsWith("550 5.1.1"));
        cases.put("O4", () -> {
            int toAlice = outside.taken().size();
            String forged = invitation("O4", 0, DR_BLOOM, alices, "");
            String note = noted("Alice: An invitation from outside had no effect", () -> {
                assertThat(fromOutside("mallory@evil.example", alices, forged)).startsWith("550 5.7.1");
                assertThat(fromOutside("mallory@evil.example", alices, forged.replace("O4", "O4b")))
                        .startsWith("550 5.7.1");
            });
            assertThat(note).contains("mallory@evil.example", "Your client was told nothing");
            assertThat(subjects("INBOX").stream()
                            .filter(subject -> subject.contains("An invitation from outside"))
                            .count())
                    .isEqualTo(1);
            assertThat(outside.taken()).hasSize(toAlice);
        });
        cases.put("O5", () -> {
            String question = noted(
                    "Alice: Is this your own address?",
                    () -> accepted(alices, invitation("O5", 0, GOOGLE, alices, "")));
            noted(
                    "Addresses of your calendar",
                    () -> accepted(
                            OFFICE,
                            "Subject: Re: Alice: Is this your own address?\r\nIn-Reply-To: "
                                    + found(MESSAGE_ID, question) + "\r\nContent-Type: text/plain\r\n\r\nYes\r\n"));
            noted("Alice: Invitation sent", () -> assertThat(
                            fromOutside(GOOGLE, alices, invitation("O5b", 0, GOOGLE, alices, "")))
                    .startsWith("250 "));
            noted("Addresses of your calendar", () -> accepted(OFFICE, "Subject: forget " + GOOGLE + "\r\n\r\n"));
            assertThat(fromOutside(GOOGLE, alices, invitation("O5c", 0, GOOGLE, alices, "")))
                    .startsWith("550 5.7.1");
        });
        cases.put("O6", () -> {
            for (String to : List.of("postmaster", "Postmaster@practice.example", "abuse@practice.example")) {
                assertThat(fromOutside("noc@elsewhere.example", to, "Subject: Your server\r\n\r\nis open\r\n"))
                        .as(to)
                        .startsWith("250 ");
            }
            String list = new String(
                    server.administrator()
                            .send("GET", "/postmaster", new byte[0])
                            .body(),
                    UTF_8);
            assertThat(list.split("\"id\"", -1)).hasSize(4);
            assertThat(new String(
                            server.administrator()
                                    .send("GET", "/status", new byte[0])
                                    .body(),
                            UTF_8))
                    .containsPattern("\"postmaster\":\\{[^}]*\"mails\":3")
                    .contains("\"oldest\":", "\"days\":0");
            assertThat(fromOutside("noc@elsewhere.example", "abuse@nobody.example", "Subject: x\r\n\r\nx\r\n"))
                    .startsWith("550 ");
        });
        cases.put("O7", () -> assertThat(fromOutside("", alices, "mallory@evil.example", "Subject: x\r\n\r\nx\r\n"))
                .startsWith("550 5.7.1"));
        reports(cases);
        return cases;
    }

    private static String encrypted(byte[] armored) {
        return "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\"; boundary=\"b\""
                + "\r\n\r\n--b\r\nContent-Type: application/pgp-encrypted\r\n\r\nVersion: 1\r\n\r\n"
                + "--b\r\nContent-Type: application/octet-stream\r\n\r\n" + new String(armored, UTF_8)
                + "\r\n--b--\r\n";
    }

    private void reports(Map<String, Case> cases) {
        cases.put("B1", () -> {
            String address = bounceAddress("B1 to Alice");
            String note = noted(FAILED, () -> assertThat(reported(address, "failed", "5.2.2", ""))
                    .startsWith("250 "));
            assertThat(note).contains("A report says", "5.2.2");
        });
        cases.put("B2", () -> {
            String address = bounceAddress("B2 to Alice");
            noted(DELAYED, () -> assertThat(reported(address, "delayed", "4.4.1", ""))
                    .startsWith("250 "));
            noted(FAILED, () -> assertThat(reported(address, "failed", "5.4.7", ""))
                    .startsWith("250 "));
        });
        cases.put("B3", () -> {
            String address = bounceAddress("B3 to Alice");
            noted(FAILED, () -> assertThat(reported(address, "failed", "5.2.2", ""))
                    .startsWith("250 "));
            int before = messages("INBOX", "BODY.PEEK[HEADER]").size();
            assertThat(reported(address, "failed", "5.2.2", "")).startsWith("250 ");
            assertThat(reported(address.toUpperCase(Locale.ROOT), "failed", "5.1.1", ""))
                    .startsWith("250 ");
            assertThat(messages("INBOX", "BODY.PEEK[HEADER]")).hasSize(before);
        });
        cases.put("B4", () -> {
            String address = bounceAddress("B4 to Alice");
            assertThat(reported(address, "relayed", "2.0.0", "")).startsWith("550 5.7.1");
            assertThat(reported(address, "delivered", "2.0.0", "")).startsWith("550 5.7.1");
        });
        // Ten days later: OnTheWayTest.
        cases.put("B5", () -> assertThat(reported("b-aaaaaaaaaaaaaaaaaaaa@practice.example", "failed", "5.1.1", ""))
                .startsWith("550 5.1.1"));
        cases.put("B6", () -> {
            String address = bounceAddress("B6 to Alice");
            assertThat(fromOutside(ALICE, address, "Subject: x\r\n\r\nx\r\n")).startsWith("550 5.1.1");
            assertThat(fromOutside("mallory@evil.example", address, dsn("failed", "5.1.1", "")))
                    .startsWith("550 5.1.1");
            assertThat(program.mail(DR_BLOOM, address, "Subject: x\r\n\r\nx\r\n"))
                    .startsWith("550 5.7.1");
        });
        cases.put("B7", () -> {
            String address = bounceAddress("B7 to Alice");
            try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
                smtp.expect("250", "MAIL FROM:<>").expect("250", "RCPT TO:<" + address + ">");
                smtp.expect("452", "RCPT TO:<" + alices + ">");
                smtp.expect("354", "DATA");
                noted(FAILED, () -> assertThat(smtp.data(mail("x@provider.example", address, dsn("failed", "5.1.1", ""))
                                .getBytes(UTF_8)))
                        .startsWith("250 "));
            }
        });
        cases.put("B8", () -> {
            String address = bounceAddress("B8 to Alice");
            String away = "Subject: B8 away\r\nAuto-Submitted: auto-replied\r\n\r\nI am in Rome.\r\n";
            assertThat(fromOutside("", address, ALICE, away)).startsWith("250 ");
            assertThat(subjects("Clients/Alice")).contains("B8 away");
            assertThat(fromOutside("", address, "mallory@evil.example", away)).startsWith("550 5.7.1");
        });
        cases.put("B9", () -> {
            bounceAddress("B9 to Alice");
            String id = found(MESSAGE_ID, taken("B9 to Alice"));
            String note = noted(FAILED, () -> assertThat(reported(alices, "failed", "5.1.1", id))
                    .startsWith("250 "));
            assertThat(note).contains("could not be proved");
        });
        cases.put("B10", () -> {
            bounceAddress("B10 to Alice");
            String id = found(MESSAGE_ID, taken("B10 to Alice"));
            String unknown = reported(alices, "failed", "5.1.1", "<unknown@practice.example>");
            assertThat(unknown).startsWith("550 5.7.1");
            assertThat(reported(brunos, "failed", "5.1.1", id)).isEqualTo(unknown);
            assertThat(reported(alices, "failed", "5.1.1", "")).isEqualTo(unknown);
        });
    }

    /** The envelope sender under which a letter of hers came to Alice's server. */
    private static String bounceAddress(String words) throws IOException {
        accepted(alices, "Subject: A letter\r\n\r\n" + words + "\r\n");
        taken(words);
        int letter = 0;
        while (!outside.taken().get(letter).contains(words)) {
            letter++;
        }
        String sender = outside.senders().get(letter);
        assertThat(sender).matches("b-[a-z2-7]{20}@practice.example");
        return sender;
    }

    private static String reported(String to, String action, String status, String messageId) throws IOException {
        return fromOutside("", to, "MAILER-DAEMON@provider.example", dsn(action, status, messageId));
    }

    /** A report of RFC 3464 about a letter. */
    private static String dsn(String action, String status, String messageId) {
        return String.join(
                "\r\n",
                "Subject: Returned",
                "Auto-Submitted: auto-replied",
                "Content-Type: multipart/report; report-type=delivery-status; boundary=b",
                "",
                "--b",
                "",
                "sorry",
                "--b",
                "Content-Type: message/delivery-status",
                "",
                "Reporting-MTA: dns; mx.provider.example",
                "",
                "Final-Recipient: rfc822; " + ALICE,
                "Action: " + action,
                "Status: " + status,
                "",
                "--b",
                "Content-Type: text/rfc822-headers",
                "",
                messageId.isEmpty() ? "Subject: x" : "Message-ID: " + messageId,
                "",
                "--b--",
                "");
    }

    private interface Step {
        void take() throws Exception;
    }

    /** What a step adds to the notes in INBOX under a subject that begins so. */
    private static String noted(String subject, Step step) throws Exception {
        int before = notes(subject).size();
        step.take();
        List<String> after = notes(subject);
        assertThat(after.size()).as(subject).isGreaterThan(before);
        return after.get(after.size() - 1);
    }

    private static List<String> notes(String subject) throws IOException {
        return messages("INBOX", "BODY.PEEK[]").stream()
                .filter(mail -> mail.contains("<" + OFFICE + ">")
                        && found(SUBJECT, mail).strip().startsWith(subject))
                .toList();
    }

    private static List<String> subjects(String folder) throws IOException {
        return messages(folder, "BODY.PEEK[HEADER]").stream()
                .map(mail -> found(SUBJECT, mail).strip())
                .toList();
    }

    private static List<String> messages(String folder, String item) throws IOException {
        List<String> messages = new ArrayList<>();
        mailbox.ok("SELECT " + RawImap.quoted(folder));
        for (RawImap.Line line : mailbox.ok("UID FETCH 1:* (" + item + ")").fetched()) {
            messages.add(new String(line.literal(), UTF_8).replace("=\r\n", ""));
        }
        return messages;
    }

    private static String found(Pattern pattern, String mail) {
        Matcher match = pattern.matcher(mail);
        return match.find() ? match.group(1) : "";
    }

    /** The mail to a client that has these words. */
    private static String taken(String words) {
        await().atMost(PATIENCE).until(() -> outside.taken().stream().anyMatch(mail -> mail.contains(words)));
        return outside.taken().stream()
                .filter(mail -> mail.contains(words))
                .findFirst()
                .orElseThrow();
    }

    private static void carried(String to, String fields, String words) throws IOException {
        accepted(to, fields + "\r\n\r\n" + words + "\r\n");
        assertThat(taken(words)).contains("From: " + alices);
    }

    private static void accepted(String to, String rest) throws IOException {
        assertThat(submitted(to, rest)).startsWith("250 ");
    }

    /** Not one of several addressees gets anything. */
    private static void refused(String to, String rest, String reply) throws IOException {
        int before = outside.taken().size();
        assertThat(submitted(to, rest)).startsWith(reply);
        assertThat(outside.taken()).hasSize(before);
    }

    private static String submitted(String to, String rest) throws IOException {
        return submitted(DR_BLOOM, to, rest);
    }

    private static String submitted(String sender, String to, String rest) throws IOException {
        // Only the first goes into the envelope: a program may split them, the header names all.
        return program.mail(sender, to.split(", ")[0], mail("Dr Bloom <" + DR_BLOOM + ">", to, rest));
    }

    private static RawSmtp bloomsProgram() throws IOException {
        RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example");
        assertThat(smtp.login(DR_BLOOM, PASSWORD)).startsWith("235 ");
        return smtp;
    }

    private static String fromOutside(String sender, String to, String rest) throws IOException {
        return fromOutside(sender, to, sender, rest);
    }

    private static String handedOver(String sender, String to, String mail) throws IOException {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            return smtp.mail(sender, to, mail.getBytes(UTF_8));
        }
    }

    private static String fromOutside(String sender, String to, String author, String rest) throws IOException {
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            assertThat(smtp.command("MAIL FROM:<" + sender + ">")).startsWith("250 ");
            String recipient = smtp.command("RCPT TO:<" + to + ">");
            if (!recipient.startsWith("250 ")) {
                return recipient;
            }
            assertThat(smtp.command("DATA")).startsWith("354 ");
            return smtp.data(mail(author, to, rest).getBytes(UTF_8));
        }
    }

    private static String mail(String from, String to, String rest) {
        String id = rest.startsWith("Message-ID:") ? "" : "Message-ID: <every" + numbers++ + "@mail.example>\r\n";
        return "From: " + from + "\r\nTo: " + to + "\r\n" + id + "MIME-Version: 1.0\r\n" + rest;
    }

    private static String withFile(String words) {
        return String.join(
                "\r\n",
                "Content-Type: multipart/mixed; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                words,
                "--b",
                "Content-Type: text/calendar; name=course.ics",
                "Content-Disposition: attachment; filename=course.ics",
                "",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "BEGIN:VEVENT",
                "UID:course@x",
                "DTSTART:20301203T100000Z",
                "DTEND:20301203T110000Z",
                "END:VEVENT",
                "END:VCALENDAR",
                "--b--",
                "");
    }

    private static String report(String type) {
        return String.join(
                "\r\n",
                "Subject: Report",
                "Content-Type: multipart/report; report-type=" + type + "; boundary=b",
                "",
                "--b",
                "Content-Type: text/plain",
                "",
                "It was opened.",
                "--b",
                "Content-Type: message/" + type,
                "",
                "Reporting-UA: laptop; Thunderbird",
                "Final-Recipient: rfc822;" + DR_BLOOM,
                "--b--",
                "");
    }

    private static String cancellation(String uid, int sequence) {
        return calendar("CANCEL", uid, sequence, DR_BLOOM, "ATTENDEE:mailto:" + alices, "");
    }

    private static String invitation(String uid, int sequence, String organizer, String attendee, String words) {
        return calendar("REQUEST", uid, sequence, organizer, "ATTENDEE;RSVP=TRUE:mailto:" + attendee, words);
    }

    /** As a calendar program sends it. */
    private static String calendar(
            String method, String uid, int sequence, String organizer, String attendee, String words) {
        Instant opens = Instant.now().plus(Duration.ofDays(2)).truncatedTo(ChronoUnit.SECONDS);
        return String.join(
                "\r\n",
                "Subject: Session, one hour",
                "Content-Type: multipart/alternative; boundary=\"b\"",
                "",
                "--b",
                "Content-Type: text/plain; charset=utf-8",
                "",
                "When: " + opens,
                words,
                "--b",
                "Content-Type: text/calendar; charset=utf-8; method=" + method,
                "",
                "BEGIN:VCALENDAR",
                "VERSION:2.0",
                "METHOD:" + method,
                "BEGIN:VEVENT",
                "UID:" + uid + "@calendar.practice.example",
                "SEQUENCE:" + sequence,
                "DTSTAMP:20260101T000000Z",
                "DTSTART:" + UTC.format(opens),
                "DTEND:" + UTC.format(opens.plus(Duration.ofMinutes(50))),
                "SUMMARY:Grief, one hour",
                "ORGANIZER:mailto:" + organizer,
                attendee,
                "END:VEVENT",
                "END:VCALENDAR",
                "--b--",
                "");
    }
}
