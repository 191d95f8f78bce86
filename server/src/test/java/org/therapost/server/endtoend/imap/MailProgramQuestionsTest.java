package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;

/**
 * What the groups fetch-body-message-rfc822, -x2, -mime, fetch-body-mime, fetch-envelope, search-addresses, esearch-condstore, listext, id,
 * move and atoms of Dovecot's imaptest (March 2026) ask, command by command, of mails of our own.
 */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MailProgramQuestionsTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private static final String DREAM_HEADER =
            "From: bruno@provider.example\r\n" + "Date: Tue, 3 Nov 2026 08:15:00 +0100\r\nSubject: a dream\r\n\r\n";
    private static final String DREAM_TEXT = "Water, and no shore.\r\n";
    private static final String DREAM = DREAM_HEADER + DREAM_TEXT;

    private static final String FORWARDED_HEADER = "From: alice@provider.example\r\n"
            + "Date: Mon, 2 Nov 2026 20:00:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: message/rfc822\r\n\r\n";
    private static final String FORWARDED = FORWARDED_HEADER + DREAM;
    private static final String FORWARDED_TWICE =
            FORWARDED_HEADER.replace("alice", "carol").replace("Mon, 2", "Sun, 1") + FORWARDED;

    private static final String PAGES_HEADER = "From: bruno@provider.example\r\nSubject: two pages\r\n"
            + "Content-Type: multipart/digest; boundary=\"page\"\r\n\r\n";
    private static final String PAGE_1_HEADER = "From: one@provider.example\r\nSubject: page 1\r\n\r\n";
    private static final String PAGE_2_HEADER = "From: two@provider.example\r\nSubject: page 2\r\n\r\n";
    private static final String PAGES_TEXT = "Before the pages\r\n\r\n--page \r\n\r\n" + PAGE_1_HEADER
            + "First page\r\n\r\n--page \r\nX-Number: 2\r\n\r\n" + PAGE_2_HEADER
            + "Second page\r\n\r\n--page--\r\n\r\nBehind the pages\r\n";
    private static final String FORWARDED_PAGES = FORWARDED_HEADER + PAGES_HEADER + PAGES_TEXT;

    private static final String BOTH_HEADER = "From: bruno@provider.example\r\nDate: Tue, 3 Nov 2026 08:15:00 +0100\r\n"
            + "Subject: both\r\nContent-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n";
    private static final String BOTH_TEXT = "Before the inner parts\r\n--inner\r\nContent-Type: text/html\r\n\r\n"
            + "<p>Good morning</p>\r\n\r\n--inner\r\nContent-Type: text/plain\r\n\r\nGood morning\r\n\r\n--inner--\r\n"
            + "Behind the inner parts\r\n";
    private static final String MIXED_TEXT =
            "Before the parts\r\n\r\n--a b\r\nContent-Type: text/x-diary; charset=us-ascii\r\n"
                    + "\r\nDear diary\r\n\r\n--a b\r\nContent-Type: message/rfc822\r\n\r\n" + BOTH_HEADER + BOTH_TEXT
                    + "\r\n--a b--\r\nBehind the parts\r\n";
    /** Its boundary is folded at the space that is part of it. */
    private static final String MIXED = "From: alice@provider.example\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: multipart/mixed; boundary=\"a\r\n b\"\r\n\r\n" + MIXED_TEXT;

    private static final String[] ADDRESSED = {
        "From: alice-from@one.example\r\n"
                + "To: bloom-to@one.example\r\n"
                + "Cc: klee-cc@one.example\r\n"
                + "Bcc: diary-bcc@one.example\r\n",
        "From: Nightingale <alice-from@one.example>\r\nTo: Thrush <bloom-to@one.example>\r\n"
                + "Cc: Blackbird <klee-cc@one.example>\r\nBcc: Goldfinch <diary-bcc@one.example>\r\n",
        "From: <alice-from (a comment)@ (another) one.example>\r\nTo: <bloom-to@one.example>\r\n"
                + "Cc: <klee-cc@one.example>\r\nBcc: <diary-bcc@one.example>\r\n",
        "From: alice-from@one.example (Nightingale)\r\nTo: bloom-to@one.example (Thrush)\r\n"
                + "Cc: klee-cc@one.example (Blackbird)\r\nBcc: diary-bcc@one.example (Goldfinch)\r\n",
        "From: alice-from1@one.example, alice-from2@one.example\r\nCc: klee-cc@one.example\r\n",
        "From: Nightingale <alice-from@one.example>\r\nTo: family: mother@one.example, father@one.example;,\r\n"
                + "  friends: bruno@one.example;\r\n",
        "From: Nightingale <alice-from@one.example>\r\nTo: family:;\r\n",
    };

    private TherapostServer server;
    private RawImap imap;

    @BeforeAll
    void a_practice(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        imap = connection().login(DR_BLOOM, PASSWORD);
        keep(imap, "Sections", FORWARDED, FORWARDED_TWICE, FORWARDED_PAGES, MIXED);
        keep(
                imap,
                "Addressed",
                Stream.of(ADDRESSED).map(h -> h + "\r\nText\r\n").toArray(String[]::new));
        keep(
                imap,
                "Envelopes",
                envelopes().map(mail -> mail.get()[1] + "\r\nText\r\n").toArray(String[]::new));
    }

    @AfterAll
    void it_stops() throws Exception {
        imap.close();
        server.close();
    }

    static Stream<Arguments> sections() {
        String dreamFrom = "From: bruno@provider.example\r\nSubject: a dream\r\n\r\n";
        String dreamDate = "Date: Tue, 3 Nov 2026 08:15:00 +0100\r\n\r\n";
        String alices = FORWARDED_HEADER;
        return Stream.of(
                arguments(1, "", FORWARDED),
                arguments(1, "TEXT", DREAM),
                arguments(1, "1", DREAM),
                arguments(1, "1.1", DREAM_TEXT),
                arguments(1, "1.HEADER", DREAM_HEADER),
                arguments(1, "1.HEADER.FIELDS (from subject X-Mood)", dreamFrom),
                arguments(1, "1.HEADER.FIELDS.NOT (from subject X-Mood)", dreamDate),
                arguments(1, "1.TEXT", DREAM_TEXT),
                arguments(2, "", FORWARDED_TWICE),
                arguments(2, "TEXT", FORWARDED),
                arguments(2, "1", FORWARDED),
                arguments(2, "1.1", DREAM),
                arguments(2, "1.HEADER", alices),
                arguments(2, "1.TEXT", DREAM),
                arguments(2, "1.1.1", DREAM_TEXT),
                arguments(2, "1.1.HEADER", DREAM_HEADER),
                arguments(2, "1.1.TEXT", DREAM_TEXT),
                arguments(3, "", FORWARDED_PAGES),
                arguments(3, "TEXT", PAGES_HEADER + PAGES_TEXT),
                arguments(3, "1", PAGES_HEADER + PAGES_TEXT),
                arguments(3, "1.HEADER", PAGES_HEADER),
                arguments(3, "1.TEXT", PAGES_TEXT),
                arguments(3, "1.1", PAGE_1_HEADER + "First page\r\n"),
                arguments(3, "1.1.MIME", "\r\n"),
                arguments(3, "1.1.HEADER", PAGE_1_HEADER),
                arguments(3, "1.1.TEXT", "First page\r\n"),
                arguments(3, "1.2", PAGE_2_HEADER + "Second page\r\n"),
                arguments(3, "1.2.MIME", "X-Number: 2\r\n\r\n"),
                arguments(3, "1.2.HEADER", PAGE_2_HEADER),
                arguments(3, "1.2.TEXT", "Second page\r\n"),
                arguments(4, "", MIXED),
                arguments(4, "TEXT", MIXED_TEXT),
                arguments(4, "1", "Dear diary\r\n"),
                arguments(4, "1.MIME", "Content-Type: text/x-diary; charset=us-ascii\r\n\r\n"),
                arguments(4, "2", BOTH_HEADER + BOTH_TEXT),
                arguments(4, "2.MIME", "Content-Type: message/rfc822\r\n\r\n"),
                arguments(4, "2.HEADER", BOTH_HEADER),
                arguments(
                        4,
                        "2.HEADER.FIELDS (from subject X-Mood)",
                        "From: bruno@provider.example\r\nSubject: both\r\n\r\n"),
                arguments(
                        4,
                        "2.HEADER.FIELDS.NOT (from subject X-Mood)",
                        "Date: Tue, 3 Nov 2026 08:15:00 +0100\r\n"
                                + "Content-Type: multipart/alternative; boundary=\"inner\"\r\n\r\n"),
                arguments(4, "2.TEXT", BOTH_TEXT),
                arguments(4, "2.1.MIME", "Content-Type: text/html\r\n\r\n"),
                arguments(4, "2.1", "<p>Good morning</p>\r\n"),
                arguments(4, "2.2.MIME", "Content-Type: text/plain\r\n\r\n"),
                arguments(4, "2.2", "Good morning\r\n"));
    }

    @ParameterizedTest(name = "message {0}, BODY[{1}]")
    @MethodSource("sections")
    void a_section_is_cut_from_the_mail_octet_for_octet(int number, String section, String expected) throws Exception {
        imap.ok("EXAMINE Sections");
        RawImap.Line whole =
                imap.ok("FETCH " + number + " (BODY.PEEK[" + section + "])").with("* " + number + " FETCH (BODY[");
        assertThat(text(whole)).isEqualTo(expected);
        assertThat(whole.text()).startsWithIgnoringCase("* " + number + " FETCH (BODY[" + section + "] {");
        RawImap.Line some =
                imap.ok("FETCH " + number + " BODY.PEEK[" + section + "]<1.7>").with("FETCH");
        String shown = some.literals().isEmpty() ? some.text().replaceAll(".*\"(.*)\".*", "$1") : text(some);
        assertThat(shown).isEqualTo(expected.substring(1, Math.min(8, expected.length())));
    }

    static Stream<Arguments> envelopes() {
        String date = "Date: Thu, 5 Nov 2026 01:02:03 +0200\r\n";
        String one = "((NIL NIL \"alice\" \"one\"))";
        String named = "((\"Alice B.\" NIL \"alice\" \"one\"))";
        return Stream.of(
                arguments(
                        1,
                        date + "Message-ID: <5@one.example>\r\nIn-Reply-To: <4@two.example>\r\nSubject: on Thursday\r\n"
                                + "From: Alice B. <alice@one.example>\r\nTo: Dr Bloom <bloom@two.example>\r\n"
                                + "Cc: Dr Klee <klee@three.example>\r\nBcc: Diary <diary@four.example>\r\n"
                                + "Sender: A Secretary <desk@five.example>\r\nReply-To: Home <home@six.example>\r\n",
                        "\"on Thursday\" ((\"Alice B.\" NIL \"alice\" \"one.example\")) ((\"A Secretary\" NIL \"desk\""
                                + " \"five.example\")) ((\"Home\" NIL \"home\" \"six.example\")) ((\"Dr Bloom\" NIL"
                                + " \"bloom\" \"two.example\")) ((\"Dr Klee\" NIL \"klee\" \"three.example\")) ((\"Diary\""
                                + " NIL \"diary\" \"four.example\")) \"<4@two.example>\" \"<5@one.example>\""),
                arguments(
                        2, date + "From: alice@one\r\n", "NIL " + one + " " + one + " " + one + " NIL NIL NIL NIL NIL"),
                arguments(
                        3,
                        date
                                + "From: alice@one (Alice B.)\r\n"
                                + "To: family: g1@d1.example, g2@d2.example;, friends: g3@d3.example;\r\n"
                                + "Cc: family:;, friends: (nobody) ;\r\n",
                        "NIL " + named + " " + named + " " + named
                                + " ((NIL NIL \"family\" NIL)(NIL NIL \"g1\" \"d1.example\")(NIL NIL \"g2\""
                                + " \"d2.example\")(NIL NIL NIL NIL)(NIL NIL \"friends\" NIL)(NIL NIL \"g3\""
                                + " \"d3.example\")(NIL NIL NIL NIL)) ((NIL NIL \"family\" NIL)(NIL NIL NIL NIL)(NIL"
                                + " NIL \"friends\" NIL)(NIL NIL NIL NIL)) NIL NIL NIL"),
                arguments(
                        4,
                        date + "From: alice@one (Alice B.)\r\nSender: \r\nReply-To: \r\n",
                        "NIL " + named + " " + named + " " + named + " NIL NIL NIL NIL NIL"),
                arguments(
                        5,
                        date + "From: <@relay:alice@one>\r\n",
                        "NIL " + one.replace("NIL NIL", "NIL \"@relay\"") + " "
                                + one.replace("NIL NIL", "NIL \"@relay\"") + " "
                                + one.replace("NIL NIL", "NIL \"@relay\"") + " NIL NIL NIL NIL NIL"));
    }

    @ParameterizedTest(name = "envelope {0}")
    @MethodSource("envelopes")
    void an_envelope_tells_the_fields_of_the_header(int number, String header, String expected) throws Exception {
        imap.ok("EXAMINE Envelopes");
        assertThat(imap.ok("FETCH 1:* ENVELOPE").fetched().get(number - 1).text())
                .isEqualTo("* " + number + " FETCH (ENVELOPE (\"Thu, 5 Nov 2026 01:02:03 +0200\" " + expected + "))");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '\'',
            value = {
                "FROM alice-from@one.example,       1 2 3 4 6 7",
                "TO bloom-to@one.example,           1 2 3 4",
                "CC klee-cc@one.example,            1 2 3 4 5",
                "BCC diary-bcc@one.example,         1 2 3 4",
                "FROM nightingale,                  2 4 6 7",
                "TO thrush,                         2 4",
                "CC blackbird,                      2 4",
                "BCC goldfinch,                     2 4",
                "HEADER FROM \"\",                  1 2 3 4 5 6 7",
                "HEADER TO \"\",                    1 2 3 4 6 7",
                "HEADER CC \"\",                    1 2 3 4 5",
                "HEADER BCC \"\",                   1 2 3 4",
                "FROM lice-fro,                     1 2 3 4 5 6 7",
                "TO loom-t,                         1 2 3 4",
                "CC lee-c,                          1 2 3 4 5",
                "BCC iary-bc,                       1 2 3 4",
                "FROM ightingal,                    2 4 6 7",
                "TO hrus,                           2 4",
                "CC lackbir,                        2 4",
                "BCC oldfinc,                       2 4",
                "FROM alice-from1,                  5",
                "FROM alice-from2,                  5",
                "TO family,                         6 7",
                "TO friends,                        6",
                "TO mother,                         6",
                "TO father,                         6",
                "TO bruno,                          6",
                "TO nobody,                         ''"
            })
    void an_address_is_found_by_any_part_of_it(String criterion, String expected) throws Exception {
        imap.ok("EXAMINE Addressed");
        assertThat(imap.ok("SEARCH " + criterion).with("* SEARCH").text()).isEqualTo(("* SEARCH " + expected).strip());
        if (!expected.isEmpty()) {
            assertThat(imap.ok("UID SEARCH RETURN (COUNT) " + criterion).text())
                    .contains("COUNT " + expected.split(" ").length);
        }
    }

    /** RFC 7162 section 3.1.5: MODSEQ tells the highest of the messages that MIN, MAX or ALL names. */
    @Test
    void a_search_by_changes_tells_the_number_of_the_changes_that_it_found() throws Exception {
        keep(imap, "Changes", "A: 1\r\n\r\n", "A: 2\r\n\r\n", "A: 3\r\n\r\n", "A: 4\r\n\r\n");
        imap.ok("SELECT Changes");
        assertThat(imap.ok("FETCH 1 MODSEQ").text()).contains("* OK [HIGHESTMODSEQ ");
        long first = marked(imap, 1);
        long third = marked(imap, 3);
        long second = marked(imap, 2);
        long fourth = marked(imap, 4);
        String seen = " MODSEQ \"/flags/\\\\seen\" all ";
        assertThat(found(imap, "(MIN) 1:3" + seen + 1)).isEqualTo("MIN 1 MODSEQ " + first);
        assertThat(found(imap, "(MAX) 1:3" + seen + 1)).isEqualTo("MAX 3 MODSEQ " + third);
        assertThat(found(imap, "() 1:3" + seen + 1)).isEqualTo("ALL 1:3 MODSEQ " + second);
        assertThat(found(imap, "(MIN MAX) 2:3" + seen + 1)).isEqualTo("MIN 2 MAX 3 MODSEQ " + second);
        assertThat(found(imap, "(ALL) 2:3" + seen + third)).isEqualTo("ALL 2:3 MODSEQ " + second);
        assertThat(found(imap, "(ALL) 2:3" + seen + second)).isEqualTo("ALL 2 MODSEQ " + second);
        assertThat(found(imap, "(ALL) 2:3" + seen + fourth)).isEmpty();
    }

    private static long marked(RawImap imap, int number) throws IOException {
        String told = imap.ok("STORE " + number + " +FLAGS (\\Seen)")
                .with("* " + number + " FETCH")
                .text();
        return Long.parseLong(told.replaceAll(".*MODSEQ \\((\\d+)\\).*", "$1"));
    }

    private static String found(RawImap imap, String search) throws IOException {
        return imap.ok("SEARCH RETURN " + search)
                .with("* ESEARCH")
                .text()
                .replaceAll("^\\* ESEARCH \\(TAG \"?\\w+\"?\\) ?", "");
    }

    @Test
    void folders_are_listed_by_what_was_asked_for() throws Exception {
        for (String folder : new String[] {"t1", "t2/t1", "t3", "t4/t5", "t4/t52", "t6", "t7/t7", "t8/t8", "t8/t9"}) {
            imap.ok("CREATE Lists/" + folder);
        }
        for (String folder : new String[] {"t1", "t2/t1", "t6", "t7/t7", "t8/t8", "t8/t9"}) {
            imap.ok("SUBSCRIBE Lists/" + folder);
        }
        imap.ok("DELETE Lists/t6");
        assertThat(names(imap, "LIST \"\" (Lists/*2 Lists/t3)")).isEqualTo("t2 t3 t4/t52");
        for (String bad : new String[] {
            "LIST (IMAPTEST) \"\" \"\"",
            "LIST (RECURSIVEMATCH) \"\" \"\"",
            "LIST (RECURSIVEMATCH REMOTE) \"\" \"\"",
            "LIST \"\" \"\" RETURN (IMAPTEST)"
        }) {
            assertThat(imap.command(bad).completion()).as(bad).startsWith("BAD");
        }
        assertThat(imap.ok("LIST (REMOTE) \"\" %").text()).contains("\"Lists\"");
        RawImap.Answer subscribed = imap.ok("LIST (SUBSCRIBED) \"\" Lists/*");
        assertThat(subscribed.text()).contains("\"Lists/t1\"", "\"Lists/t2/t1\"", "\"Lists/t8/t8\"", "\"Lists/t8/t9\"");
        assertThat(subscribed.untagged())
                .allSatisfy(line -> assertThat(line.text()).contains("\\Subscribed"));
        assertThat(subscribed.with("\"Lists/t6\"").text())
                .contains("\\NonExistent")
                .doesNotContainIgnoringCase("\\Noselect");
        String recursive = "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" ";
        assertThat(imap.ok(recursive + "Lists/t2% RETURN (CHILDREN)").untagged())
                .singleElement()
                .satisfies(line -> assertThat(line.text())
                        .isEqualTo("* LIST (\\HasChildren) \"/\" \"Lists/t2\" (\"CHILDINFO\" (\"SUBSCRIBED\"))"));
        RawImap.Answer children = imap.ok("LIST \"\" Lists/% RETURN (CHILDREN SUBSCRIBED)");
        assertThat(children.with("/t1\"").text()).contains("\\Subscribed").doesNotContain("\\HasChildren");
        assertThat(children.with("/t3\"").text()).doesNotContain("\\Subscribed", "\\HasChildren");
        for (String parent : new String[] {"t2", "t4", "t7", "t8"}) {
            assertThat(children.with("/" + parent + "\"").text())
                    .contains("\\HasChildren")
                    .doesNotContain("\\Subscribed");
        }
        assertThat(names(imap, recursive + "Lists*t7")).isEqualTo("t7/t7");
        assertThat(names(imap, recursive + "Lists*t8")).contains("t8/t8").doesNotContain("t9");
        assertThat(imap.ok(recursive + "(Lists/t2)").untagged()).singleElement().satisfies(line -> assertThat(
                        line.text())
                .contains("\"Lists/t2\" (\"CHILDINFO\" (\"SUBSCRIBED\"))")
                .doesNotContain("\\Subscribed"));
        assertThat(names(imap, recursive + "(Lists/t2 Lists/t2/t1)")).isEqualTo("t2/t1");
        assertThat(names(imap, "LIST \"\" (Lists/t7 Lists/t7/t7)")).contains("t7/t7");
    }

    /** The names below {@code Lists}, in order. */
    private static String names(RawImap imap, String command) throws IOException {
        return imap.ok(command).untagged().stream()
                .map(line -> line.text().replaceAll(".*\"Lists/([^\"]*)\".*", "$1"))
                .sorted()
                .collect(Collectors.joining(" "));
    }

    /** RFC 2971 section 3.3: 30 pairs, names of 30 octets, values of 1024. */
    @Test
    void a_program_may_say_who_it_is_at_full_length_before_its_login() throws Exception {
        String pairs = IntStream.range(0, 30)
                .mapToObj(pair -> "\"%02d%s\" \"%s\"".formatted(pair, "n".repeat(28), "v".repeat(1024)))
                .collect(Collectors.joining(" ", "(", ")"));
        try (RawImap other = connection()) {
            assertThat(other.ok("ID " + pairs).text()).startsWith("* ID NIL\n");
            other.login(DR_BLOOM, PASSWORD).ok("ID " + pairs);
        }
    }

    private static void keep(RawImap imap, String folder, String... mails) throws IOException {
        imap.ok("CREATE " + folder);
        for (String mail : mails) {
            imap.append(folder, "", mail.getBytes(StandardCharsets.US_ASCII));
        }
    }

    private static String text(RawImap.Line line) {
        return new String(line.literal(), StandardCharsets.ISO_8859_1);
    }

    private RawImap connection() throws Exception {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()));
    }

    /** UIDVALIDITY and UIDNEXT of a folder. */
    private record Numbers(long validity, long next) {

        static Numbers of(RawImap imap, String folder) throws IOException {
            String told = imap.ok("STATUS " + folder + " (UIDVALIDITY UIDNEXT)").text();
            return new Numbers(number(told, "UIDVALIDITY"), number(told, "UIDNEXT"));
        }

        private static long number(String told, String word) {
            return Long.parseLong(told.replaceAll("(?s).*" + word + " (\\d+).*", "$1"));
        }
    }

    private static List<String> told(RawImap.Answer answer) {
        return answer.untagged().stream().map(RawImap.Line::text).toList();
    }

    @ParameterizedTest
    @CsvSource({"MOVE 2, false", "UID MOVE 2, false", "MOVE 2, true", "UID MOVE 2, true"})
    void where_a_message_has_gone_is_told_before_it_goes(String move, boolean resynchronizes) throws Exception {
        String name = move.replace(" ", "") + resynchronizes;
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            if (resynchronizes) {
                own.ok("ENABLE QRESYNC");
            }
            keep(own, "From" + name, DREAM, DREAM, DREAM);
            own.ok("CREATE To" + name);
            Numbers to = Numbers.of(own, "To" + name);
            own.ok("SELECT From" + name);
            RawImap.Answer moved = own.ok(move + " To" + name);
            assertThat(told(moved))
                    .containsExactly(
                            "* OK [COPYUID " + to.validity() + " 2 " + to.next() + "] moved",
                            resynchronizes ? "* VANISHED 2" : "* 2 EXPUNGE");
            assertThat(moved.completion()).startsWith("OK ").doesNotContain("COPYUID");

            // Two that are not neighbours, in any order of the set.
            RawImap.Answer rest = own.ok("UID MOVE 3,1 To" + name);
            assertThat(told(rest).get(0))
                    .isEqualTo("* OK [COPYUID " + to.validity() + " 1,3 " + (to.next() + 1) + ":" + (to.next() + 2)
                            + "] moved");
            assertThat(told(rest)).hasSizeGreaterThan(1).last().asString().matches("\\* (\\d+ EXPUNGE|VANISHED .*)");
        }
    }

    @ParameterizedTest
    @CsvSource({"false, * 2 EXPUNGE", "true, * VANISHED 2"})
    void a_message_that_is_moved_to_its_own_folder_goes_and_comes(boolean resynchronizes, String gone)
            throws Exception {
        String folder = "Round" + resynchronizes;
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            if (resynchronizes) {
                own.ok("ENABLE QRESYNC");
            }
            keep(own, folder, DREAM, DREAM);
            Numbers before = Numbers.of(own, folder);
            own.ok("SELECT " + folder);
            assertThat(told(own.ok("MOVE 2 " + folder)))
                    .startsWith(
                            "* OK [COPYUID " + before.validity() + " 2 " + before.next() + "] moved",
                            gone,
                            "* 2 EXISTS");
            assertThat(own.ok("FETCH 2 UID").text()).contains("UID " + before.next());
        }
    }

    /** A program that knows no MOVE: COPY, STORE, EXPUNGE. */
    @Test
    void a_copy_tells_in_its_completion_where_it_is() throws Exception {
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            keep(own, "Before", DREAM, DREAM);
            own.ok("CREATE After");
            Numbers to = Numbers.of(own, "After");
            own.ok("SELECT Before");
            RawImap.Answer copied = own.ok("COPY 1:2 After");
            assertThat(told(copied)).noneMatch(line -> line.contains("COPYUID"));
            assertThat(copied.completion())
                    .startsWith("OK [COPYUID " + to.validity() + " 1:2 " + to.next() + ":" + (to.next() + 1) + "] ");
            assertThat(own.ok("UID COPY 2 After").completion())
                    .startsWith("OK [COPYUID " + to.validity() + " 2 " + (to.next() + 2) + "] ");
            own.ok("STORE 1:2 +FLAGS.SILENT (\\Deleted)");
            assertThat(told(own.ok("UID EXPUNGE 1:2"))).startsWith("* 1 EXPUNGE", "* 1 EXPUNGE");
        }
    }

    @Test
    void a_move_that_moves_nothing_tells_of_no_number() throws Exception {
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            keep(own, "Still", DREAM);
            own.ok("SELECT Still");
            assertThat(own.ok("UID MOVE 99 Trash").text()).doesNotContain("COPYUID");
            RawImap.Answer nowhere = own.command("MOVE 1 Nowhere");
            assertThat(nowhere.completion()).startsWith("NO [TRYCREATE]");
            assertThat(told(nowhere)).isEmpty();
            // What was not told then is not told now.
            assertThat(own.ok("NOOP").text()).doesNotContain("COPYUID", "EXPUNGE");
        }
    }

    /** In modified UTF-7 (RFC 3501 section 5.1.3) there is no {@code &'}, and no {@code &} that nothing ends. */
    @ParameterizedTest
    @ValueSource(strings = {"!#$&'+,-.0123456789:;<=>?@^_`|[}", "Caf&AOk", "&", "\"&AOk AOk-\"", "{4+}\r\n&AO%"})
    void a_name_that_is_no_modified_utf_7_names_no_folder(String name) throws Exception {
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            for (String command : List.of(
                    "SELECT %s",
                    "EXAMINE %s",
                    "STATUS %s (MESSAGES)",
                    "CREATE %s",
                    "DELETE %s",
                    "RENAME %s Elsewhere",
                    "RENAME Sections %s",
                    "SUBSCRIBE %s",
                    "UNSUBSCRIBE %s",
                    "APPEND %s {6+}\r\nA: b\r\n")) {
                assertThat(own.command(command.replace("%s", name)).completion())
                        .as(command)
                        .startsWith("NO [CANNOT] ");
            }
            own.ok("SELECT Sections");
            for (String command : List.of("COPY 1 %s", "UID MOVE 1 %s")) {
                assertThat(own.command(command.replace("%s", name)).completion())
                        .as(command)
                        .startsWith("NO [CANNOT] ");
            }
            // Still selected, and none the poorer.
            assertThat(own.search("ALL")).hasSize(4);
        }
    }

    @Test
    void a_pattern_that_is_no_modified_utf_7_matches_no_folder() throws Exception {
        try (RawImap own = connection().login(DR_BLOOM, PASSWORD)) {
            String pattern = "!#$&'+,-.0123456789:;<=>?@^_`|[}%*";
            for (String list : List.of("LIST \"\" ", "LSUB \"\" ", "LIST (SUBSCRIBED RECURSIVEMATCH) \"\" ")) {
                assertThat(told(own.ok(list + pattern))).as(list).isEmpty();
            }
            assertThat(told(own.ok("LIST \"\" (INBOX " + pattern + " Sections)")))
                    .hasSize(2)
                    .anyMatch(line -> line.endsWith("INBOX\"") || line.endsWith("INBOX"))
                    .anyMatch(line -> line.contains("Sections"));
            assertThat(own.command("LIST & *").completion()).startsWith("NO ");
            // Not the ~ of a literal8.
            assertThat(told(own.ok("LIST \"\" ~foo"))).isEmpty();
            assertThat(own.command("SELECT ~foo").completion()).startsWith("NO ");
        }
    }
}
