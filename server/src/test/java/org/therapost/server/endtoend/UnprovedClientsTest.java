package org.therapost.server.endtoend;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UnsupportedEncodingException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.mail.internet.MimeUtility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.dns.TestDns;
import org.therapost.mailets.mime.SigningFixture;

/** Clients whose provider signs their mail, but not so that it proves who sent it to this address. */
@Tag("integration")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class UnprovedClientsTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final String ALICES_OTHER = "alice@work.example";
    private static final String SOMEWHERE = "127.9.9.9";

    private final SigningKey providers = TestPeople.signingKey("provider.example", 2048);
    private final SigningKey works = TestPeople.signingKey("work.example", 2048);
    private TestDns dns;
    private ServerProcess server;
    private String thread = "";
    private int mails;

    @BeforeEach
    void a_thread(@TempDir Path folder) throws Exception {
        dns = TestDns.start()
                .txt(providers.recordName(), providers.recordText())
                .txt(works.recordName(), works.recordText());
        server = new ServerProcess(
                folder.resolve("therapost"),
                Map.of("dns.servers", "127.0.0.1:" + dns.address().getPort()));
        server.start();
        server.administrator().practice("practice.example");
        server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
        server.administrator()
                .send(
                        "POST",
                        "/threads/" + thread + "/mailboxes",
                        ("{\"mailbox\":\"" + ALICES_OTHER + "\"}").getBytes(UTF_8));
    }

    @AfterEach
    void all_servers_stop() throws Exception {
        server.close();
        dns.close();
    }

    @Test
    void the_therapist_hears_of_it_once_a_week_also_after_a_restart() throws Exception {
        assertThat(write(ALICE, providers)).startsWith("550 5.7.26");
        assertThat(notes()).isEqualTo(1);

        assertThat(write(ALICES_OTHER, works)).startsWith("550 5.7.26");
        server.stop();
        server.start();
        assertThat(write(ALICE, providers)).startsWith("550 5.7.26");
        assertThat(notes()).as("after a restart").isEqualTo(1);

        later("8 days");
        assertThat(write(ALICES_OTHER, works)).startsWith("550 5.7.26");
        assertThat(write(ALICE, providers)).startsWith("550 5.7.26");
        assertThat(notes()).as("a week later, from another mailbox of hers").isEqualTo(2);
    }

    @Test
    void nobody_hears_of_mail_that_nothing_signed_or_that_somebody_else_signed() throws Exception {
        String unsigned = "From: Alice <" + ALICE + ">\r\nTo: " + thread + "\r\nSubject: x\r\n\r\nx\r\n";
        assertThat(hand(ALICE, MailContent.of(unsigned.getBytes(ISO_8859_1)))).startsWith("550 ");
        assertThat(hand(ALICE, SigningFixture.sign(toSomebodyElse("bruno@work.example"), works)))
                .startsWith("550 ");
        assertThat(hand(ALICE, SigningFixture.sign(toSomebodyElse(ALICE), works)))
                .startsWith("550 ");

        assertThat(notes()).isZero();
    }

    private String write(String author, SigningKey key) throws IOException {
        return hand(author, SigningFixture.sign(toSomebodyElse(author), key));
    }

    private MailContent toSomebodyElse(String author) {
        return MailContent.of(("From: Alice <" + author + ">\r\nTo: someone@else.example\r\nSubject: " + ++mails
                        + "\r\nDate: Mon, 23 Nov 2026 09:00:00 +0000\r\n\r\nI slept well.\r\n")
                .getBytes(ISO_8859_1));
    }

    private String hand(String sender, MailContent mail) throws IOException {
        try (RawSmtp smtp = RawSmtp.connect(new Socket(
                        InetAddress.getLoopbackAddress(), server.port("smtp"), InetAddress.getByName(SOMEWHERE), 0))
                .expect("250", "EHLO somewhere.example")) {
            return smtp.mail(sender, thread, new String(mail.octets(), ISO_8859_1));
        }
    }

    private long notes() throws IOException {
        try (RawImap program = server.imaps().login(DR_BLOOM, PASSWORD)) {
            program.ok("SELECT INBOX");
            return program.ok("UID FETCH 1:* (BODY.PEEK[HEADER.FIELDS (SUBJECT)])").fetched().stream()
                    .map(line -> decoded(new String(line.literal(), UTF_8)))
                    .filter(subject -> subject.contains("Alice: A mail in your client’s name was refused"))
                    .count();
        }
    }

    private static String decoded(String field) {
        try {
            return MimeUtility.decodeText(MimeUtility.unfold(field));
        } catch (UnsupportedEncodingException unknown) {
            throw new AssertionError(unknown);
        }
    }

    private void later(String interval) throws Exception {
        try (Connection sql = server.sql();
                Statement statement = sql.createStatement()) {
            statement.executeUpdate(
                    "update timetable set notice_unproved_at = notice_unproved_at - interval '" + interval + "'");
        }
    }
}
