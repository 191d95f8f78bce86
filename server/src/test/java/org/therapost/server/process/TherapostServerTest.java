package org.therapost.server.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import javax.mail.Folder;
import javax.mail.MessagingException;
import javax.mail.Session;
import javax.mail.Store;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.server.CheapPasswords;
import org.therapost.server.TestTherapists;
import org.therapost.server.Wire;
import org.therapost.server.commandline.Commands;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.folder.StartException;

/** The assembled server, spoken to over its own ports. */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class TherapostServerTest {

    private static final String BLOOM = "dr.bloom@practice.example";
    private static final String PASSWORD = "correct horse battery";

    private final List<String> progress = new ArrayList<>();
    private TherapostServer server = unset();
    private Configuration configuration = Configuration.defaults();
    private String thread = "";

    @SuppressWarnings("NullAway") // set before the first test
    private static TherapostServer unset() {
        return null;
    }

    @BeforeAll
    void start(@TempDir Path data) throws Exception {
        Configuration free = Configuration.defaults()
                .with(
                        DataFolderSettings.DATA_FOLDER,
                        CheapPasswords.in(data.resolve("data")).toString())
                .with(SenderSettings.TRUSTED_NETWORKS, "127.0.0.0/8")
                .onFreePorts();
        configuration = free;
        server = TherapostServer.start(configuration, progress::add);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, BLOOM, "Dr Bloom", PASSWORD);
        thread = enrolment
                .addClient(BLOOM, "alice@mail.example", "Alice")
                .address()
                .value();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_first_start_says_what_it_made() {
        assertThat(progress).hasSize(4).anySatisfy(line -> assertThat(line).contains("server key"));
    }

    @Test
    void a_clients_mail_is_read_back_byte_for_byte_also_after_a_restart() throws Exception {
        String mail = mail("alice@mail.example", "<one@mail.example>", "d\u00f6t\r\n..\r\n");

        assertThat(deliver("alice@mail.example", mail)).startsWith("250 ");
        assertThat(read("<one@mail.example>")).isEqualTo(mail);
        server.close();
        server = TherapostServer.start(configuration, progress::add);
        assertThat(read("<one@mail.example>")).isEqualTo(mail);
        // The connection was closed by us; the server hears of it in its own time.
        await().until(() -> server.part(ReaderLogins.class).open() == 0);
    }

    @Test
    void an_unknown_recipient_is_refused_at_rcpt() throws Exception {
        try (Wire smtp = Wire.open(server.addresses().smtp())) {
            smtp.reply();
            smtp.ask("EHLO mail.example");
            smtp.ask("MAIL FROM:<alice@mail.example>");
            assertThat(smtp.ask("RCPT TO:<nobody@practice.example>")).startsWith("550 5.1.1");
        }
    }

    @Test
    void another_sender_than_the_client_is_refused_and_a_long_line_gets_one_reply() throws Exception {
        assertThat(deliver("mallory@mail.example", mail("mallory@mail.example", "<m@mail.example>", "x\r\n")))
                .startsWith("550 5.7.1");
        try (Wire smtp = Wire.open(server.addresses().smtp())) {
            smtp.reply();
            assertThat(smtp.ask("NOOP " + "x".repeat(20_000))).startsWith("500");
            assertThat(smtp.ask("NOOP")).startsWith("250");
        }
    }

    @Test
    void nobody_logs_in_without_tls() throws Exception {
        try (Wire imap = Wire.open(server.addresses().imap())) {
            imap.line();
            assertThat(imap.ask("a LOGIN " + BLOOM + " \"" + PASSWORD + "\"")).startsWith("a NO");
            assertThat(imap.ask("b LOGIN {64000000}")).startsWith("b NO [TOOBIG]");
            assertThat(imap.ask("c LOGIN {-1}")).startsWith("c BAD");
        }
        try (Wire smtp = Wire.open(server.addresses().submission())) {
            smtp.reply();
            smtp.ask("EHLO mail.example");
            assertThat(smtp.ask("MAIL FROM:<" + BLOOM + ">")).startsWith("530");
        }
    }

    @Test
    void an_answer_to_an_outside_address_is_refused() throws Exception {
        try (Wire smtp = Wire.tls(server.addresses().submissions(), server.identity())) {
            smtp.reply();
            smtp.ask("EHLO mail.example");
            String login = java.util.Base64.getEncoder()
                    .encodeToString(("\0" + BLOOM + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
            assertThat(smtp.ask("AUTH PLAIN " + login)).startsWith("235");
            assertThat(smtp.ask("MAIL FROM:<" + BLOOM + ">")).startsWith("250");
            assertThat(smtp.ask("RCPT TO:<somebody@elsewhere.example>")).startsWith("55");
        }
    }

    @Test
    void a_server_without_a_name_of_its_own_says_that_its_mx_record_leads_nowhere() {
        StringWriter out = new StringWriter();
        int status = Commands.commandLine()
                .setOut(new PrintWriter(out, true))
                .execute(
                        "practice",
                        "add",
                        "second.example",
                        "--data",
                        configuration.part(DataFolderSettings.SECTION).root().toString());

        assertThat(status).isZero();
        assertThat(out.toString()).containsSubsequence("MX  10 localhost.", "key hostname", "v=spf1");
    }

    @Test
    void two_servers_do_not_share_a_data_folder() {
        assertThatThrownBy(() -> TherapostServer.start(configuration, line -> {}))
                .isInstanceOf(StartException.class)
                .hasMessageContaining("another server");
    }

    private String mail(String from, String messageId, String body) {
        return "From: " + from + "\r\nTo: " + thread + "\r\nSubject: hello\r\nMessage-ID: " + messageId
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body;
    }

    private String deliver(String sender, String mail) throws Exception {
        try (Wire smtp = Wire.open(server.addresses().smtp())) {
            smtp.reply();
            smtp.ask("EHLO mail.example");
            smtp.ask("MAIL FROM:<" + sender + ">");
            smtp.ask("RCPT TO:<" + thread + ">");
            smtp.ask("DATA");
            return smtp.ask(mail.replaceAll("(?m)^\\.", "..") + ".");
        }
    }

    private String read(String messageId) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.imaps.ssl.trust", "*");
        settings.setProperty("mail.imaps.ssl.checkserveridentity", "false");
        Store store = Session.getInstance(settings).getStore("imaps");
        store.connect("127.0.0.1", server.addresses().imaps().getPort(), BLOOM, PASSWORD);
        try (store) {
            Folder folder = store.getFolder("Clients/Alice");
            folder.open(Folder.READ_ONLY);
            for (javax.mail.Message message : folder.getMessages()) {
                if (messageId.equals(message.getHeader("Message-ID")[0])) {
                    return whole(message);
                }
            }
            return "";
        }
    }

    private static String whole(javax.mail.Message message) throws MessagingException, java.io.IOException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        message.writeTo(octets);
        return octets.toString(StandardCharsets.UTF_8);
    }
}
