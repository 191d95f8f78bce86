package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;
import static org.therapost.server.outsiders.Practice.PASSWORD;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.therapost.server.outsiders.openpgp.Program;

/** mbsync (isync) keeps a copy of Dr Bloom's account, as many a mail program does underneath. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailProgramsTest {

    private static final String ALICE = "alice@provider.example";

    private Practice practice;
    private Path folder;
    private String thread;

    @BeforeAll
    void the_practice_opens() throws Exception {
        practice = Practice.open(Map.of()).withDrBloom();
        folder = practice.folder("mbsync");
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all");
        thread = practice.client(ALICE, "Alice");
    }

    @AfterAll
    void the_practice_closes() throws Exception {
        practice.close();
    }

    @Test
    void mbsync_fetches_every_folder_and_brings_back_what_was_done_with_them() throws Exception {
        String mail = Mails.plain(ALICE, "I slept better: gr\u00fcn.\r\n");
        practice.receive(ALICE, thread, mail);
        practice.receive(ALICE, thread, Mails.large(ALICE));
        practice.submit(DR_BLOOM, thread, Mails.plain(DR_BLOOM, "Good to hear.\r\n"));
        mbsync(practice.certificate());

        Path alice = folder.resolve("mail/Clients/Alice");
        List<String> fetched = maildir(alice);
        assertThat(fetched)
                .containsExactlyInAnyOrder(mail, Mails.large(ALICE), Mails.plain(DR_BLOOM, "Good to hear.\r\n"));
        for (String name : List.of("INBOX", "Drafts", "Sent", "Trash", "Enquiries")) {
            assertThat(folder.resolve("mail").resolve(name)).isDirectory();
        }

        // A draft is written offline, and a message is read and answered.
        String draft = Mails.plain(DR_BLOOM, "Dear Alice, next week\r\n");
        Files.writeString(folder.resolve("mail/Drafts/cur/1.1.here:2,DS"), draft.replace("\r\n", "\n"));
        Path read = file(alice, "slept better");
        Files.move(read, alice.resolve("cur/" + name(read).replaceAll(":2,.*", "") + ":2,RS"));
        mbsync(practice.certificate());
        assertThat(practice.mailProgram().messages("Drafts"))
                .singleElement()
                .extracting(octets -> withoutMark(new String(octets, UTF_8)))
                .isEqualTo(draft);
        assertThat(practice.sql()
                        .fetchOne("select count(*) from mailbox_message f join thread t on t.mailbox_id = f.mailbox_id"
                                + " where f.flags & 33 = 33")
                        .into(Integer.class))
                .isEqualTo(1);

        // Another time nothing is left to do.
        mbsync(practice.certificate());
        assertThat(maildir(alice)).hasSize(3);
        assertThat(practice.mailProgram().messages("Drafts")).hasSize(1);
    }

    @Test
    void mbsync_does_not_go_on_with_a_certificate_that_it_was_not_told_of() throws Exception {
        Path other = folder.resolve("other.pem");
        Program.ok(
                folder,
                "openssl",
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:P-256",
                "-nodes",
                "-days",
                "2",
                "-subj",
                "/CN=localhost",
                "-keyout",
                folder.resolve("other.key"),
                "-out",
                other);
        Program.Outcome outcome = Program.run(folder, Map.of(), new byte[0], command(other));
        assertThat(outcome.status()).isNotZero();
        assertThat(outcome.errors()).containsIgnoringCase("certificate");
    }

    private void mbsync(Path trusted) throws IOException {
        Program.ok(folder, command(trusted).toArray());
    }

    private List<Object> command(Path trusted) throws IOException {
        Path mail = Files.createDirectories(folder.resolve("mail"));
        String settings = String.join(
                "\n",
                "IMAPAccount bloom",
                "Host localhost",
                "Port " + Practice.port(practice.addresses().imaps()),
                "User " + DR_BLOOM,
                "Pass \"" + PASSWORD + "\"",
                "SSLType IMAPS",
                "SystemCertificates no",
                "CertificateFile " + trusted,
                "",
                "IMAPStore far",
                "Account bloom",
                "",
                "MaildirStore near",
                "SubFolders Verbatim",
                "Path " + mail + "/",
                "Inbox " + mail + "/INBOX",
                "",
                "Channel all",
                "Far :far:",
                "Near :near:",
                "Patterns *",
                "Create Near",
                "Sync All",
                "SyncState *",
                "");
        return List.of("mbsync", "-c", Files.writeString(folder.resolve("mbsyncrc"), settings), "-a");
    }

    private static List<String> maildir(Path folder) throws IOException {
        List<String> all = new ArrayList<>();
        for (Path file : files(folder)) {
            all.add(withoutMark(Files.readString(file)).replace("\n", "\r\n"));
        }
        return all;
    }

    private static Path file(Path folder, String word) throws IOException {
        for (Path file : files(folder)) {
            if (Files.readString(file).contains(word)) {
                return file;
            }
        }
        throw new AssertionError("no message with: " + word);
    }

    private static List<Path> files(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        for (String part : List.of("new", "cur")) {
            try (Stream<Path> files = Files.list(folder.resolve(part))) {
                all.addAll(files.toList());
            }
        }
        return all;
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    /** mbsync marks what it copies with a field of its own. */
    private static String withoutMark(String mail) {
        return mail.replaceFirst("(?m)^X-TUID: .*\\r?\\n", "");
    }
}
