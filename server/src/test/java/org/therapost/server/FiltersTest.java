package org.therapost.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.Folder;
import javax.mail.Message;
import javax.mail.Session;
import javax.mail.Store;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.folder.StartException;
import org.therapost.server.pipeline.MoodyFilter;
import org.therapost.server.pipeline.PipelineSettings;
import org.therapost.server.pipeline.SomeRecipients;
import org.therapost.server.process.TherapostServer;

/**
 * An operator's filters in the pipelines of a running server: James's own mailets, one in a jar that was built as
 * docs/extending.md says, and one that does what the mail tells it to.
 */
@Tag("integration")
@TestInstance(Lifecycle.PER_CLASS)
class FiltersTest {

    private static final String BLOOM = "bloom@practice.example";
    private static final String KLEE = "klee@practice.example";
    private static final String PASSWORD = "correct horse battery";
    private static final String ALICE = "alice@mail.example";
    private static final Path SHIPPED = Path.of("../config/mailetcontainer.xml");
    private static final String FIRST_AFTER = "<mailet match=\"All\" class=\"EnforceAgreedTimes\"/>";

    private TherapostServer server = unset();
    private Path running = Path.of("");
    private String thread = "";
    private int mails;

    @SuppressWarnings("NullAway") // set before the first test
    private static TherapostServer unset() {
        return null;
    }

    @BeforeAll
    void a_server_with_filters_starts(@TempDir Path folder) throws Exception {
        running = folder;
        String guide = Files.readString(Path.of("../docs/extending.md"));
        jar(folder.resolve("extensions"), block(guide, "java"));
        String filters = block(guide, "xml").replace("10000000", "1000")
                + "<mailet match=\"SubjectIs=refuse for now\" class=\"Refuse\"><reply>452 4.7.1 Come"
                + " again</reply></mailet><mailet match=\"SubjectIs=refuse\" class=\"Refuse\"><reply>554 5.7.1 We said"
                + " no</reply></mailet><mailet match=\"SubjectIs=tame\""
                + " class=\"SetMimeHeader\"><name>X-James</name><value>was"
                + " here</value></mailet><mailet"
                + " match=\"" + SomeRecipients.class.getName() + "\" class=\"SetMimeHeader\">"
                + "<name>X-Some</name><value>yes</value></mailet><mailet"
                + " match=\"SubjectIs=rewrites, allowed\""
                + " class=\"RemoveMimeHeader\""
                + " allow-rewrite=\"true\"><name>X-Old</name></mailet><mailet"
                + " class=\"" + MoodyFilter.class.getName() + "\"/>"
                + "<mailet match=\"HasMailAttribute=moody.mark\" class=\"Refuse\"/>";
        server = TherapostServer.start(
                configuration(folder, Files.readString(SHIPPED).replace(FIRST_AFTER, filters + FIRST_AFTER)),
                line -> {});
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, BLOOM, "Dr Bloom", PASSWORD);
        TestTherapists.add(server::part, KLEE, "Dr Klee", PASSWORD);
        thread = enrolment.addClient(BLOOM, ALICE, "Alice").address().value();
    }

    private static Configuration configuration(Path folder, String pipelines) throws Exception {
        Path file = Files.writeString(folder.resolve("mailetcontainer.xml"), pipelines);
        return TestServer.configuration(folder)
                .with(PipelineSettings.FILE, file.toString())
                .with(PipelineSettings.EXTENSIONS, folder.resolve("extensions").toString());
    }

    private static String block(String guide, String language) {
        Matcher block =
                Pattern.compile("```" + language + "\n(.*?)```", Pattern.DOTALL).matcher(guide);
        assertThat(block.find()).isTrue();
        return block.group(1);
    }

    /** Compiles a class and packs it, as the guide says. */
    private static void jar(Path extensions, String source) throws IOException {
        Path classes = Files.createDirectories(extensions.resolve("classes"));
        Path file = Files.writeString(classes.resolve("MarkLarge.java"), source);
        assertThat(ToolProvider.getSystemJavaCompiler()
                        .run(
                                null,
                                null,
                                null,
                                "-d",
                                classes.toString(),
                                "-cp",
                                System.getProperty("java.class.path"),
                                file.toString()))
                .isZero();
        try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(extensions.resolve("filters.jar")))) {
            jar.putNextEntry(new JarEntry("org/example/filters/MarkLarge.class"));
            Files.copy(classes.resolve("org/example/filters/MarkLarge.class"), jar);
        }
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "throws",
                "fails",
                "overflows",
                "drops",
                "routes",
                "nobody",
                "forgets",
                "rewrites",
                "empties",
                "injects",
                "claims"
            })
    void whatever_else_a_filter_does_makes_the_sender_try_again_and_keeps_nothing(String mood) throws Exception {
        String id = id();

        assertThat(deliver(ALICE, List.of(thread), mail(mood, id, "short\r\n"))).startsWith("451 4.3.0");
        assertThat(submit(mail(BLOOM, thread, mood, id, "short\r\n"))).startsWith("451 4.3.0");
        assertThat(read(id)).isEmpty();
    }

    @Test
    void a_filter_that_hangs_makes_the_sender_try_again_while_others_are_served() throws Exception {
        String id = id();
        try (Wire slow = Wire.open(server.addresses().smtp())) {
            begin(slow, ALICE, List.of(thread));
            slow.say(mail("hangs", id, "short\r\n") + ".");
            String other = id();
            assertThat(deliver(ALICE, List.of(thread), mail("hello", other, "short\r\n")))
                    .startsWith("250");
            assertThat(slow.reply()).startsWith("451 4.3.0");
        }
        assertThat(read(id)).isEmpty();
    }

    @Test
    void a_matcher_that_splits_mail_makes_the_sender_try_again() throws Exception {
        assertThat(deliver("stranger@mail.example", List.of(BLOOM, KLEE), mail("hello", id(), "short\r\n")))
                .startsWith("451 4.3.0");
        assertThat(deliver(
                        "stranger@mail.example",
                        List.of(BLOOM),
                        mail("stranger@mail.example", BLOOM, "hello", id(), "short\r\n")))
                .startsWith("250");
    }

    @ParameterizedTest
    @CsvSource({"refuse, 554 5.7.1 We said no", "refuse for now, 452 4.7.1 Come again", "marks, 550 5.7.1 Not accepted"
    })
    void a_filter_refuses_in_the_operators_words(String subject, String reply) throws Exception {
        String id = id();

        assertThat(deliver(ALICE, List.of(thread), mail(subject, id, "short\r\n")))
                .isEqualTo(reply);
        assertThat(submit(mail(BLOOM, thread, subject, id, "short\r\n"))).isEqualTo(reply);
        assertThat(read(id)).isEmpty();
    }

    @Test
    void a_stranger_costs_no_filter() throws Exception {
        assertThat(deliver(
                        "mallory@mail.example",
                        List.of(thread),
                        mail("mallory@mail.example", thread, "refuse", id(), "x\r\n")))
                .startsWith("550 5.7.1 Not accepted: please write from the mailbox");
    }

    @Test
    void added_fields_stand_above_what_arrived_octet_for_octet() throws Exception {
        String id = id();
        String mail = mail("adds", id, "d\u00f6t\r\n..\r\n");

        assertThat(deliver(ALICE, List.of(thread), mail)).startsWith("250");
        assertThat(read(id)).isEqualTo("X-Mood: good\r\nX-Some: yes\r\n" + mail);
    }

    @Test
    void the_same_mail_again_is_filed_no_second_time_whatever_filters_add() throws Exception {
        String id = id();
        String mail = mail("adds", id, "once\r\n");
        deliver(ALICE, List.of(thread), mail);

        assertThat(deliver(ALICE, List.of(thread), mail)).startsWith("250");
        assertThat(all(id)).hasSize(1);
    }

    @Test
    void a_mailet_of_jamess_and_one_in_a_jar_add_their_fields() throws Exception {
        String id = id();

        assertThat(deliver(ALICE, List.of(thread), mail("tame", id, "x".repeat(2000) + "\r\n")))
                .startsWith("250");
        assertThat(read(id)).contains("X-Large: yes\r\n").contains("X-James: was here\r\n");
        String small = id();
        assertThat(deliver(ALICE, List.of(thread), mail("hello", small, "x\r\n")))
                .startsWith("250");
        assertThat(read(small)).doesNotContain("X-Large").doesNotContain("X-James");
    }

    @Test
    void a_filter_that_may_rewrite_does_and_the_mail_says_so() throws Exception {
        String id = id();
        String mail = "X-Old: yes\r\n" + mail("rewrites, allowed", id, "Gr\u00fc\u00dfe\r\n");

        assertThat(deliver(ALICE, List.of(thread), mail)).startsWith("250");
        assertThat(read(id))
                .contains("X-Therapost-Rewritten-By: RemoveMimeHeader\r\n")
                .doesNotContain("X-Old")
                .endsWith("\r\n\r\nGr\u00fc\u00dfe\r\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<mailet class=\"org.example.Nobody\"/>|there is no class org.example.Nobody",
                "<mailet class=\"SetMimeHeader\"/>|the mailet does not start",
                "<mailet match=\"RecipientIs=a@b.example\" class=\"Refuse\"/>|could split a mail",
                "<mailet match=\"Nonsense\" class=\"Refuse\"/>|there is no class Nonsense",
                "<mailet match=\"All\" class=\"All\"/>|there is no class All",
                "<mailet class=\"Refuse\"><reply>250 2.0.0 Fine</reply></mailet>|expected a code from 450",
                "<mailet class=\"Refuse\"><reply>550 4.0.0 No</reply></mailet>|begins with the same digit",
                "<mailet class=\"org.therapost.mailets.pipeline.EnforceAgreedTimes\"/>|by their short names",
                "<mailet class=\"Carry\"/>|is a mailet of Therapost's own and no filter",
                "<mailet class=\"ScanForMalware\"/>|<clamd>: expected an address and a port",
                "<mailet class=\"org.therapost.server.FiltersTest\"/>|is no Mailet",
            })
    void a_filter_that_cannot_work_stops_the_start_with_its_line(String filter, String complaint, @TempDir Path folder)
            throws Exception {
        String pipelines = Files.readString(SHIPPED)
                .replaceFirst(Pattern.quote(FIRST_AFTER), Matcher.quoteReplacement(filter + FIRST_AFTER));
        Configuration wrong = TestServer.onDatabaseOf(server, running, folder, configuration(folder, pipelines));

        assertThatThrownBy(() -> TherapostServer.start(wrong, line -> {}).close())
                .isInstanceOf(StartException.class)
                .hasMessageMatching("(?s).*mailetcontainer.xml, line [0-9]+, <mailet .*")
                .hasMessageContaining(complaint);
    }

    private String id() {
        return "<" + mails++ + ".filters@mail.example>";
    }

    private String mail(String subject, String id, String body) {
        return mail(ALICE, thread, subject, id, body);
    }

    private static String mail(String from, String to, String subject, String id, String body) {
        return "From: " + from + "\r\nTo: " + to + "\r\nSubject: " + subject + "\r\nMessage-ID: " + id
                + "\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + body;
    }

    private String deliver(String sender, List<String> recipients, String mail) throws Exception {
        try (Wire smtp = Wire.open(server.addresses().smtp())) {
            begin(smtp, sender, recipients);
            return smtp.ask(mail.replaceAll("(?m)^\\.", "..") + ".");
        }
    }

    private static void begin(Wire smtp, String sender, List<String> recipients) throws IOException {
        smtp.reply();
        smtp.ask("EHLO mail.example");
        data(smtp, sender, recipients);
    }

    private static void data(Wire smtp, String sender, List<String> recipients) throws IOException {
        smtp.ask("MAIL FROM:<" + sender + ">");
        for (String recipient : recipients) {
            smtp.ask("RCPT TO:<" + recipient + ">");
        }
        smtp.ask("DATA");
    }

    private String submit(String mail) throws Exception {
        try (Wire smtp = Wire.tls(server.addresses().submissions(), server.identity())) {
            smtp.reply();
            smtp.ask("EHLO mail.example");
            smtp.ask("AUTH PLAIN "
                    + Base64.getEncoder().encodeToString(("\0" + BLOOM + "\0" + PASSWORD).getBytes(UTF_8)));
            data(smtp, BLOOM, List.of(thread));
            return smtp.ask(mail + ".");
        }
    }

    private String read(String id) throws Exception {
        return String.join("", all(id));
    }

    private List<String> all(String id) throws Exception {
        Properties settings = new Properties();
        settings.setProperty("mail.imaps.ssl.trust", "*");
        settings.setProperty("mail.imaps.ssl.checkserveridentity", "false");
        List<String> found = new ArrayList<>();
        try (Store store = Session.getInstance(settings).getStore("imaps")) {
            store.connect("127.0.0.1", server.addresses().imaps().getPort(), BLOOM, PASSWORD);
            Folder folder = store.getFolder("Clients/Alice");
            folder.open(Folder.READ_ONLY);
            for (Message message : folder.getMessages()) {
                if (id.equals(message.getHeader("Message-ID")[0])) {
                    ByteArrayOutputStream octets = new ByteArrayOutputStream();
                    message.writeTo(octets);
                    found.add(octets.toString(UTF_8));
                }
            }
        }
        return found;
    }
}
