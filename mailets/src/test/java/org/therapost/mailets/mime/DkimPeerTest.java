package org.therapost.mailets.mime;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.mailets.TestPeople.ALICE;
import static org.therapost.mailets.TestPeople.THREAD;
import static org.therapost.mailets.TestPeople.ip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.authentication.DmarcSenders;
import org.therapost.mailets.authentication.TestSenders;
import org.therapost.mailets.dns.TestDns;

/** dkimpy (Debian's python3-dkim), by which many servers verify, judges what we sign and what we take for proved. */
@Tag("peers")
@Timeout(300)
class DkimPeerTest {

    private static final long SEED = 20_261_128L;
    private static final int MAILS = 60;
    private static final String[] FORMS = {"relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple"};
    private static final List<String> BODIES = List.of(
            "",
            "\r\n",
            "\r\n\r\n\r\n",
            " ",
            " \t\r\n",
            "\r\n \r\n\t\r\n",
            "no final line end",
            "x\r\n",
            "x \t y  \r\n\r\n\r\n",
            "\r\n\r\nx\r\n \r\n",
            "x \r\n\r\n\t",
            ".\r\n..\r\n",
            "Gr\u00fc\u00dfe\r\n",
            "\u00ff\u00fe\u0080 \r\n",
            "x".repeat(998) + "\r\n",
            "x".repeat(5_000) + " \r\ny");

    private static final int PATIENCE_SECONDS = 120;

    /** Each line: what to do, and base64 of key or record, canonicalization, and mail; one line comes back. */
    private static final String PROGRAM = """
        import base64, dkim, sys
        for line in sys.stdin:
            what, key, forms, mail = [base64.b64decode(part) for part in line.rstrip("\\n").split(" ")]
            if what == b"verify":
                try:
                    good = dkim.verify(mail, dnsfunc=lambda name, timeout=5: key)
                except dkim.DKIMException as wrong:
                    good = False
                answer = b"yes" if good else b"no"
            else:
                header, body = forms.split(b"/")
                answer = dkim.sign(mail, b"s1", b"mail.example", key, canonicalize=(header, body),
                    signature_algorithm=what, include_headers=[b"from", b"to", b"subject", b"date"])
            print(base64.b64encode(answer).decode())
        """;

    /** What dkimpy is asked. */
    private record Question(String what, String key, String forms, byte[] mail) {

        static Question verify(String record, byte[] mail) {
            return new Question("verify", record, "", mail);
        }

        String line() {
            return Stream.of(what, key, forms)
                            .map(text -> base64(text.getBytes(ISO_8859_1)))
                            .collect(Collectors.joining(" "))
                    + " " + base64(mail);
        }

        private static String base64(byte[] octets) {
            return Base64.getEncoder().encodeToString(octets);
        }
    }

    @TempDir
    private Path folder = Path.of("unset");

    @Test
    void what_dkimpy_signs_by_rsa_and_verifies_we_take_for_proved() throws Exception {
        SigningKey key = TestPeople.signingKey("mail.example", 2048);
        String pem = "-----BEGIN PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.privateKey())
                + "\n-----END PRIVATE KEY-----\n";
        accepted("rsa-sha256", pem, key.recordText());
    }

    @Test
    void what_dkimpy_signs_by_ed25519_and_verifies_we_take_for_proved() throws Exception {
        KeyPair pair = KeyPairGenerator.getInstance("Ed25519").generateKeyPair();
        // RFC 8410: the last 32 octets of both forms are the keys themselves.
        accepted(
                "ed25519-sha256",
                last32(pair.getPrivate().getEncoded()),
                "v=DKIM1; k=ed25519; p=" + last32(pair.getPublic().getEncoded()));
    }

    private void accepted(String algorithm, String key, String record) throws Exception {
        Random random = new Random(SEED);
        List<byte[]> mails =
                IntStream.range(0, MAILS).mapToObj(i -> mail(random, i)).toList();
        List<byte[]> fields = dkimpy(IntStream.range(0, MAILS)
                .mapToObj(i -> new Question(algorithm, key, form(i), mails.get(i)))
                .toList());
        List<byte[]> signed = IntStream.range(0, MAILS)
                .mapToObj(i -> join(fields.get(i), mails.get(i)))
                .toList();
        List<byte[]> changed =
                signed.stream().map(mail -> changed(random, mail)).toList();
        List<Boolean> hold = hold(record, signed);
        List<Boolean> holdChanged = hold(record, changed);
        try (TestDns records = TestDns.start().txt("s1._domainkey.mail.example", record)) {
            DmarcSenders senders = TestSenders.of(records);
            for (int i = 0; i < MAILS; i++) {
                String name = "mail " + i + ", " + form(i) + "\n" + shown(signed.get(i));
                assertThat(hold.get(i)).as(name).isTrue();
                assertThat(isProved(senders, signed.get(i))).as(name).isTrue();
                if (!holdChanged.get(i)) {
                    assertThat(isProved(senders, changed.get(i)))
                            .as("changed " + name)
                            .isFalse();
                }
            }
        }
        assertThat(holdChanged).as("changed at the end").contains(false);
    }

    private static String form(int number) {
        return FORMS[number % FORMS.length];
    }

    /** With another bit near the end. */
    private static byte[] changed(Random random, byte[] mail) {
        byte[] changed = mail.clone();
        changed[changed.length - 1 - random.nextInt(20)] ^= 0x01;
        return changed;
    }

    @Test
    void what_we_sign_dkimpy_verifies() throws Exception {
        SigningKey key = TestPeople.signingKey("practice.example", 2048);
        Random random = new Random(SEED);
        List<byte[]> sent = IntStream.range(0, MAILS)
                .mapToObj(i -> signedByUs(random, i, key))
                .toList();
        List<Boolean> hold = hold(key.recordText(), sent);
        for (int i = 0; i < MAILS; i++) {
            assertThat(hold.get(i)).as("mail " + i + "\n" + shown(sent.get(i))).isTrue();
        }
    }

    private static byte[] signedByUs(Random random, int number, SigningKey key) {
        OutgoingHeader header = new OutgoingHeader()
                .add("From", "k7m2qx@practice.example")
                .add("To", "alice@mail.example")
                .add("Date", "Mon, 02 Nov 2026 09:05:07 +0000")
                .add("Subject", subject(random))
                .add("References", "<one@mail.example>\r\n <two@mail.example>\r\n\t<three@mail.example>")
                .add("MIME-Version", "1.0")
                .add("Content-Type", "text/plain;\r\n charset=utf-8;  format=flowed ");
        byte[] body = body(random, number).getBytes(ISO_8859_1);
        byte[] field = DkimSignature.of(header, body, key).getBytes(ISO_8859_1);
        return new OutgoingHeader()
                .addAsIs("DKIM-Signature", field)
                .addAll(header)
                .with(body);
    }

    private static byte[] mail(Random random, int number) {
        List<String> fields = List.of(
                "From:  Alice  <alice@mail.example> ",
                "To: \"Dr B\"\r\n  <" + THREAD.address().value() + ">",
                "subject : " + subject(random),
                "Date: Mon, 23 Nov 2026 09:00:00 +0000",
                "X-Long: " + "x ".repeat(random.nextInt(300)));
        return (String.join("\r\n", fields).replace("subject :", random.nextBoolean() ? "Subject:" : "SUBJECT:")
                        + "\r\n\r\n" + body(random, number))
                .getBytes(ISO_8859_1);
    }

    private static String subject(Random random) {
        return IntStream.range(0, 1 + random.nextInt(6))
                .mapToObj(word -> "word" + word)
                .collect(Collectors.joining(random.nextBoolean() ? "  " : "\r\n \t "));
    }

    /** Each of the odd ones, then mixtures of their lines; as SMTP carries it, which ends the last line (RFC 5321 section 4.1.1.4). */
    private static String body(Random random, int number) {
        String body = lines(random, number);
        return body.isEmpty() || body.endsWith("\r\n") ? body : body + "\r\n";
    }

    private static String lines(Random random, int number) {
        int odd = number / FORMS.length;
        if (odd < BODIES.size() && random.nextInt(4) != 0) {
            return BODIES.get((odd + random.nextInt(2) * 8) % BODIES.size());
        }
        return IntStream.range(0, random.nextInt(5))
                .mapToObj(part -> BODIES.get(random.nextInt(BODIES.size())))
                .collect(Collectors.joining(random.nextBoolean() ? "\r\n" : ""));
    }

    private static boolean isProved(DmarcSenders senders, byte[] mail) throws Exception {
        try {
            return senders.authenticate(new ArrivedMail(
                            new ArrivedMail.Envelope(
                                    ip("198.51.100.1"),
                                    "h.example",
                                    Optional.of(ReversePath.of(ALICE)),
                                    List.of(new Destination.ToThread(THREAD))),
                            Optional.empty(),
                            MailContent.of(mail)))
                    .address()
                    .equals(ALICE);
        } catch (RefusedException refused) {
            return false;
        }
    }

    private List<Boolean> hold(String record, List<byte[]> mails) throws Exception {
        return dkimpy(mails.stream().map(mail -> Question.verify(record, mail)).toList()).stream()
                .map(answer -> new String(answer, ISO_8859_1).equals("yes"))
                .toList();
    }

    /** All at once, through files: nothing waits for a pipe that nobody empties. */
    private List<byte[]> dkimpy(List<Question> questions) throws IOException, InterruptedException {
        Path asked = Files.write(
                folder.resolve("questions"),
                questions.stream().map(Question::line).toList());
        Path answers = folder.resolve("answers");
        Path errors = folder.resolve("errors");
        Process python = new ProcessBuilder("/usr/bin/python3", "-c", PROGRAM)
                .redirectInput(asked.toFile())
                .redirectOutput(answers.toFile())
                .redirectError(errors.toFile())
                .start();
        if (!python.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            python.destroyForcibly();
            throw new AssertionError("dkimpy did not end");
        }
        List<String> lines = Files.readAllLines(answers);
        assertThat(lines)
                .as("answers of dkimpy (python3-dkim with python3-nacl); " + Files.readString(errors))
                .hasSameSizeAs(questions);
        return lines.stream().map(Base64.getDecoder()::decode).toList();
    }

    private static String last32(byte[] encoded) {
        return Base64.getEncoder().encodeToString(Arrays.copyOfRange(encoded, encoded.length - 32, encoded.length));
    }

    private static byte[] join(byte[] one, byte[] other) {
        byte[] joined = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, joined, one.length, other.length);
        return joined;
    }

    private static String shown(byte[] mail) {
        return new String(mail, ISO_8859_1).replace("\r", "\\r");
    }
}
