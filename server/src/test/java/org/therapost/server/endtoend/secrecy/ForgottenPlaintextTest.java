package org.therapost.server.endtoend.secrecy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.bouncycastle.openpgp.PGPSecretKey;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.bouncycastle.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.mailets.dns.TestDns;
import org.therapost.openpgp.passwords.Argon2Cost;
import org.therapost.openpgp.passwords.Argon2Passwords;
import org.therapost.server.endtoend.Letter;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/**
 * Letters come, are read, searched and answered. When the last login has ended, all that the process can still reach in its
 * memory is written to a file, which is searched for the letters' words, the password and the therapist's secret key.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ForgottenPlaintextTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final int NUMBER = 32;
    private static final String ALICE = "alice@provider.example";

    private final MarkerScan content = new MarkerScan("zq" + letters(9));
    private final MarkerScan password = new MarkerScan("zp" + letters(20));
    private Path folder = Path.of("");
    private ServerProcess server;
    private TestDns dns;
    private String thread = "";

    @BeforeAll
    void a_practice(@TempDir Path temporary) throws Exception {
        folder = temporary;
        dns = TestDns.start().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of("dns.servers", "127.0.0.1:" + dns.address().getPort()));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", password.word());
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
    }

    @AfterAll
    void all_servers_stop() throws Exception {
        server.close();
        dns.close();
    }

    @Test
    void nothing_of_it_can_be_reached_after_the_last_login() throws Exception {
        clientWrites();
        List<byte[]> secrets = secrets();
        try (RawImap imap = server.imaps().login(DR_BLOOM, password.word())) {
            imap.ok("SELECT INBOX");
            imap.ok("FETCH 1:* (FLAGS ENVELOPE BODYSTRUCTURE BODY.PEEK[])");
            imap.ok("SEARCH TEXT " + content.word());
            imap.ok("SORT (SUBJECT) UTF-8 ALL");
            imap.ok("THREAD REFERENCES UTF-8 ALL");
            imap.append("Drafts", "\\Draft", new Letter(content.word(), DR_BLOOM, thread).plain("draft"));
            imap.ok("CREATE " + content.word() + "folder");
            therapistWrites();
            assertThat(reachable(secrets)).as("while it is read").contains("letters", "secret key");
        }
        await().atMost(Duration.ofMinutes(2))
                .pollDelay(Duration.ofSeconds(1))
                .pollInterval(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(reachable(secrets)).isEmpty());
    }

    /** What is found of what should be forgotten. */
    private Set<String> reachable(List<byte[]> secrets) throws IOException, InterruptedException {
        Set<String> found = new TreeSet<>();
        try (HeapDump dump = new HeapDump(server, folder)) {
            if (dump.contains(content)) {
                found.add("letters");
            }
            if (dump.contains(password)) {
                found.add("password");
            }
            for (byte[] secret : secrets) {
                if (dump.contains(secret)) {
                    found.add("secret key");
                }
            }
        }
        return found;
    }

    /** The secret numbers of the therapist's key, as only the password gives them; each in both orders of octets. */
    private List<byte[]> secrets() throws Exception {
        List<byte[]> secrets = new ArrayList<>();
        Passwords passwords = new Argon2Passwords(Argon2Cost.LEAST, 1, 1);
        try (SecretKey key = passwords.unlock(wayIn().locked().orElseThrow(), proved(passwords))) {
            for (PGPSecretKey one : new PGPSecretKeyRing(key.expose(), new BcKeyFingerprintCalculator())) {
                byte[] packet =
                        one.extractPrivateKey(null).getPrivateKeyDataPacket().getEncoded();
                byte[] number = Arrays.copyOfRange(packet, packet.length - NUMBER, packet.length);
                secrets.add(number);
                secrets.add(Arrays.reverse(number));
            }
        }
        assertThat(secrets).hasSizeGreaterThanOrEqualTo(4);
        return secrets;
    }

    private PasswordKey proved(Passwords passwords) throws Exception {
        return passwords
                .prove(wayIn().record(), Password.offered(password.word()))
                .orElseThrow();
    }

    private KeyWrapping wayIn() throws Exception {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement();
                ResultSet row = statement.executeQuery(
                        "select record, locked_key from way_in where kind = 'password' and username = '" + DR_BLOOM
                                + "'")) {
            row.next();
            return new KeyWrapping(new PasswordRecord(row.getString(1)), Optional.of(new LockedKey(row.getBytes(2))));
        }
    }

    private void clientWrites() throws IOException {
        Letter letter = new Letter(content.word(), ALICE, thread);
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            for (byte[] mail : List.of(
                    letter.plain("plain"),
                    letter.base64("base"),
                    letter.quotedPrintable("quoted"),
                    letter.withAttachment("large", 200_000),
                    letter.withAttachment("huge", 1_500_000))) {
                assertThat(smtp.mail(ALICE, thread, mail)).startsWith("250 ");
            }
            assertThat(smtp.mail(ALICE, thread, letter.nested("bottomless", 1500)))
                    .startsWith("554 ");
        }
        // Cut off in the middle of a mail.
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO mx.provider.example")) {
            byte[] mail = letter.withAttachment("cut", 300_000);
            smtp.expect("250", "MAIL FROM:<" + ALICE + ">")
                    .expect("250", "RCPT TO:<" + thread + ">")
                    .expect("354", "DATA")
                    .send(Arrays.copyOf(mail, mail.length / 2));
        }
    }

    private void therapistWrites() throws IOException {
        try (RawSmtp smtp = server.submissions().expect("250", "EHLO program.example")) {
            assertThat(smtp.login(DR_BLOOM, password.word())).startsWith("235 ");
            byte[] answer = new Letter(content.word(), DR_BLOOM, thread).withAttachment("answer", 150_000);
            assertThat(smtp.mail(DR_BLOOM, thread, answer)).startsWith("250 ");
        }
    }

    private static String letters(int count) {
        return ThreadLocalRandom.current()
                .ints(count, 'a', 'z' + 1)
                .mapToObj(Character::toString)
                .collect(Collectors.joining());
    }
}
