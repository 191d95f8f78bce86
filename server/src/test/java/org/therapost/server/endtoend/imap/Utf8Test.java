package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Properties;
import javax.mail.FetchProfile;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Store;
import javax.mail.internet.InternetAddress;
import javax.mail.internet.MimeMessage;
import javax.mail.search.SubjectTerm;
import org.apache.james.imap.api.display.ModifiedUtf7;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;

/** UTF8=ACCEPT (RFC 6855): names of folders, header fields and searches in UTF-8, for programs that take it and for others. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class Utf8Test {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String MAIL = "From: J\u00f6rg M\u00fcller <j\u00f6rg@m\u00fcller.example>\r\n"
            + "To: Dr Bloom <bloom@practice.example>\r\n"
            + "Subject: Gr\u00fc\u00dfe \u2014 \ud83c\udf31\r\n"
            + "Message-ID: <1@m\u00fcller.example>\r\n\r\nBis Dienstag.\r\n";

    private TherapostServer server;

    @BeforeAll
    void a_practice(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    private RawImap reader() throws IOException {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    private RawImap modern() throws IOException {
        RawImap imap = reader();
        imap.ok("ENABLE UTF8=ACCEPT");
        return imap;
    }

    /** Octets of UTF-8, as {@link RawImap} sends and reads them. */
    private static String utf8(String text) {
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
    }

    @Test
    void it_is_offered_in_every_state_and_enabled_after_login_only() throws Exception {
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            assertThat(imap.ok("CAPABILITY").text()).contains(" UTF8=ACCEPT");
            assertThat(imap.command("ENABLE UTF8=ACCEPT").completion()).startsWith("NO");
            assertThat(imap.command("LOGIN " + DR_BLOOM + " \"" + PASSWORD + "\"")
                            .completion())
                    .contains(" UTF8=ACCEPT");
            imap.ok("CREATE \"Gr&APw-n\"");
            assertThat(imap.ok("LIST \"\" \"Gr*\"").text()).contains("\"Gr&APw-n\"");
            assertThat(imap.ok("ENABLE CONDSTORE utf8=accept X-UNKNOWN")
                            .with("ENABLED")
                            .text())
                    .contains("CONDSTORE", "UTF8=ACCEPT")
                    .doesNotContain("UNKNOWN");
            assertThat(imap.ok("LIST \"\" \"Gr*\"").text()).contains(utf8("\"Gr\u00fcn\""));
            imap.ok("DELETE \"" + utf8("Gr\u00fcn") + "\"");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Entw\u00fcrfe",
                "\u65e5\u672c\u8a9e",
                "Zo\u00eb & Ren\u00e9",
                "Caf\u00e9 \ud83c\udf31",
                "A&B",
                "A&-B",
                "quoted \\\" and \\\\",
                "\u05e9\u05dc\u05d5\u05dd"
            })
    void a_folder_has_one_name_for_programs_with_it_and_without(String escaped) throws Exception {
        String name = escaped.replace("\\\"", "\"").replace("\\\\", "\\");
        String old = RawImap.quoted(ModifiedUtf7.encodeModifiedUTF7(name));
        String now = utf8(RawImap.quoted(name));
        try (RawImap imap = modern();
                RawImap other = reader()) {
            imap.ok("CREATE " + now);
            imap.ok("SUBSCRIBE " + now);
            imap.append("Drafts", "", MAIL.getBytes(StandardCharsets.UTF_8));
            for (String command :
                    new String[] {"LIST \"\" *", "LSUB \"\" *", "LIST \"\" NAME", "LIST \"\" (INBOX NAME)"}) {
                assertThat(imap.ok(command.replace("NAME", now)).text()).contains(now + "\n");
                assertThat(other.ok(command.replace("NAME", old)).text()).contains(old + "\n");
            }
            assertThat(imap.ok("STATUS " + now + " (MESSAGES)").text()).contains("STATUS " + now + " (");
            assertThat(other.ok("STATUS " + old + " (MESSAGES)").text()).contains("STATUS " + old + " (");
            // Accepted from everybody where UTF8=ACCEPT is offered (RFC 6855 section 3).
            if (!name.contains("&")) {
                other.ok("STATUS " + now + " (MESSAGES)");
            }
            imap.ok("LIST " + now + " %");
            other.ok("LIST " + old + " %");
            imap.ok("SELECT " + now);
            other.ok("UNSUBSCRIBE " + old);
            other.ok("RENAME " + old + " Elsewhere");
            imap.ok("RENAME Elsewhere " + now);
            imap.ok("DELETE " + now);
        }
    }

    @Test
    void a_name_is_found_in_composed_and_decomposed_form_alike() throws Exception {
        String composed = "\"" + utf8("Caf\u00e9") + "\"";
        String decomposed = "\"" + utf8(Normalizer.normalize("Caf\u00e9", Normalizer.Form.NFD)) + "\"";
        try (RawImap imap = modern()) {
            imap.ok("CREATE " + decomposed);
            assertThat(imap.ok("LIST \"\" *").text()).contains(composed);
            imap.ok("SELECT " + composed);
            imap.ok("SELECT " + decomposed);
            assertThat(imap.command("CREATE " + composed).completion()).startsWith("NO");
            imap.ok("DELETE " + composed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE \"\u00fc\"",
                "LIST \"\" \"\u00c3\"",
                "STATUS \"\u00ff\u00fe\" (MESSAGES)",
                "SEARCH SUBJECT \"\u00fc\"",
                "CREATE {2+}\r\n\u00c0\u0080",
                "CREATE {3+}\r\n\u00ed\u00a0\u0080"
            })
    void other_octets_than_utf_8_are_bad_and_the_conversation_goes_on(String command) throws Exception {
        try (RawImap imap = modern()) {
            imap.ok("SELECT INBOX");
            assertThat(imap.command(command).completion()).startsWith("BAD");
            imap.ok("NOOP");
        }
    }

    @Test
    void a_message_comes_in_as_utf8_data_and_goes_out_octet_for_octet() throws Exception {
        byte[] mail = MAIL.getBytes(StandardCharsets.UTF_8);
        try (RawImap imap = modern();
                RawImap other = reader()) {
            imap.ok("CREATE Letters");
            imap.send("s APPEND Letters (\\Seen) \"01-Dec-2026 10:00:00 +0100\" UTF8 (~{" + mail.length + "}\r\n");
            assertThat(imap.line().text()).startsWith("+");
            imap.send(utf8(MAIL) + ")\r\n");
            assertThat(imap.line().text()).startsWith("s OK [APPENDUID");
            assertThat(unsynchronized(imap, "APPEND Letters UTF8 (~", mail, ")").completion())
                    .startsWith("OK [APPENDUID");
            assertThat(imap.withLiteral("APPEND Letters", mail, "").completion())
                    .startsWith("OK [APPENDUID");
            imap.ok("SELECT Letters");
            assertThat(unsynchronized(imap, "REPLACE 3 Letters UTF8 (~", mail, ")")
                            .completion())
                    .startsWith("OK");
            other.ok("EXAMINE Letters");
            for (RawImap program : new RawImap[] {imap, other}) {
                RawImap.Answer answer = program.ok("FETCH 1:* (RFC822.SIZE FLAGS BODY.PEEK[])");
                assertThat(answer.fetched()).hasSize(3).allSatisfy(line -> {
                    assertThat(line.literal()).isEqualTo(mail);
                    assertThat(line.number("RFC822.SIZE")).isEqualTo(mail.length);
                });
                assertThat(program.ok("FETCH 1 BODY.PEEK[HEADER.FIELDS (SUBJECT)]")
                                .with("FETCH")
                                .literal())
                        .asString(StandardCharsets.UTF_8)
                        .isEqualTo("Subject: Gr\u00fc\u00dfe \u2014 \ud83c\udf31\r\n\r\n");
            }
            assertThat(imap.ok("FETCH 1 ENVELOPE").text())
                    .contains(utf8("\"Gr\u00fc\u00dfe \u2014 \ud83c\udf31\""))
                    .contains(utf8("((\"J\u00f6rg M\u00fcller\" NIL \"j\u00f6rg\" \"m\u00fcller.example\"))"));
            // RFC 3501 section 9: no octet above ASCII in a quoted string.
            RawImap.Line envelope = other.ok("FETCH 1 ENVELOPE").with("ENVELOPE");
            assertThat(envelope.text().chars()).allMatch(octet -> octet < 0x80);
            assertThat(envelope.literal()).asString(StandardCharsets.UTF_8).startsWith("Gr\u00fc\u00dfe");
        }
    }

    private static RawImap.Answer unsynchronized(RawImap imap, String command, byte[] mail, String rest)
            throws IOException {
        return imap.command(
                command + "{" + mail.length + "+}\r\n" + new String(mail, StandardCharsets.ISO_8859_1) + rest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "APPEND Drafts UTF8 (~{5+}\r\nA: b\n",
                "APPEND Drafts UTF8 ({5+}\r\nA: b\n)",
                "APPEND Drafts UTF9 (~{5+}\r\nA: b\n)",
                "APPEND Drafts UTF8 ~{5+}\r\nA: b\n",
                "APPEND Drafts ~{5+}\r\nA: b\n",
                "APPEND Drafts UTF8 (~{5+}\r\nA: b\n) more",
                "APPEND Drafts {5+}\r\nA: b\n {5+}\r\nA: b\n",
                "APPEND Drafts UTF8",
                "APPEND Drafts UTF8 (",
                "APPEND Drafts UTF8 (~",
            })
    void what_is_not_quite_utf8_data_is_bad_and_nothing_is_stored(String command) throws Exception {
        try (RawImap imap = modern()) {
            String before = imap.ok("STATUS Drafts (MESSAGES)").with("STATUS").text();
            assertThat(imap.command(command).completion()).startsWith("BAD");
            assertThat(imap.ok("STATUS Drafts (MESSAGES)").with("STATUS").text())
                    .isEqualTo(before);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"SEARCH ", "UID SEARCH ", "SEARCH RETURN (ALL) ", "uid search return () "})
    void a_search_is_in_utf_8_and_names_no_charset(String search) throws Exception {
        String folder = "Search" + search.length();
        String subject = "SUBJECT \"" + utf8("gr\u00fc\u00dfe") + "\"";
        try (RawImap imap = modern();
                RawImap other = reader()) {
            imap.ok("CREATE " + folder);
            imap.append(folder, "", MAIL.getBytes(StandardCharsets.UTF_8));
            imap.append(folder, "", "Subject: other\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            imap.ok("SELECT " + folder);
            other.ok("SELECT " + folder);
            for (String charset : new String[] {"UTF-8", "US-ASCII", "utf-8", "\"UTF-8\"", "ISO-8859-1"}) {
                assertThat(imap.command(search + "CHARSET " + charset + " SUBJECT x")
                                .completion())
                        .as(charset)
                        .startsWith("BAD");
            }
            assertThat(imap.ok(search + subject).text()).contains("SEARCH").containsPattern("[ :]1\\b|ALL 1");
            assertThat(imap.ok(search + "SUBJECT \"CHARSET UTF-8\"").untagged()).hasSize(1);
            other.ok(search + "CHARSET UTF-8 " + subject);
            assertThat(imap.ok("SORT (SUBJECT) UTF-8 " + subject).text()).contains("* SORT 1\n");
            assertThat(imap.ok("UID THREAD REFERENCES UTF-8 " + subject).text()).contains("* THREAD (1)\n");
        }
    }

    @Test
    void javamail_reads_and_writes_utf_8() throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.imaps.ssl.trust", "*");
        settings.setProperty("mail.imaps.ssl.checkserveridentity", "false");
        settings.setProperty("mail.imap.enableimaputf8", "true");
        settings.setProperty("mail.imaps.enableimaputf8", "true");
        settings.setProperty("mail.mime.allowutf8", "true");
        Session session = Session.getInstance(settings);
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        session.setDebugOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        session.setDebug(true);
        Store store = session.getStore("imaps");
        store.connect("localhost", server.addresses().imaps().getPort(), DR_BLOOM, PASSWORD);
        try {
            Folder folder = store.getFolder("R\u00e9flexions \u2014 \u65e5\u672c");
            assertThat(folder.create(Folder.HOLDS_MESSAGES)).isTrue();
            MimeMessage mail = new MimeMessage(session);
            mail.setFrom(new InternetAddress("j\u00f6rg@m\u00fcller.example", "J\u00f6rg", "UTF-8"));
            mail.setHeader("Subject", "Gr\u00fc\u00dfe");
            mail.setText("Bis Dienstag.", "UTF-8");
            mail.saveChanges();
            folder.appendMessages(new Message[] {mail});
            folder.open(Folder.READ_ONLY);
            Message[] all = folder.getMessages();
            FetchProfile list = new FetchProfile();
            list.add(FetchProfile.Item.ENVELOPE);
            folder.fetch(all, list);
            assertThat(all[0].getSubject()).isEqualTo("Gr\u00fc\u00dfe");
            assertThat(((InternetAddress) all[0].getFrom()[0]).getAddress()).isEqualTo("j\u00f6rg@m\u00fcller.example");
            // Not beyond ASCII: JavaMail 1.6.8 sends the lower halves of the characters for it, which is no UTF-8.
            assertThat(folder.search(new SubjectTerm("gr"))).hasSize(1);
            assertThat(Arrays.stream(store.getDefaultFolder().list("*")).map(Folder::getFullName))
                    .contains("R\u00e9flexions \u2014 \u65e5\u672c");
            folder.close(false);
            assertThat(folder.delete(false)).isTrue();
        } finally {
            store.close();
        }
        assertThat(said.toString(StandardCharsets.UTF_8))
                .contains("ENABLE UTF8=ACCEPT")
                .doesNotContain("CHARSET");
    }
}
