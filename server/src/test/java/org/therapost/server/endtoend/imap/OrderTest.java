package org.therapost.server.endtoend.imap;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;

/** SORT and THREAD=REFERENCES (RFC 5256) over IMAP. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrderTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";

    private TherapostServer server;

    @BeforeAll
    void dr_bloom_has_a_folder_of_letters(@TempDir Path data) throws Exception {
        server = TestServer.start(data, Modules.EMPTY_MODULE);
        Enrolment enrolment = server.part(Enrolment.class);
        enrolment.addPractice("practice.example");
        TestTherapists.add(server::part, DR_BLOOM, "Dr Bloom", PASSWORD);
        try (RawImap imap = reader()) {
            imap.ok("CREATE Letters");
            // UID 1 goes, so that numbers and UIDs differ.
            append(imap, "01-Jan-2026", "Subject: gone\r\n\r\n");
            append(imap, "05-Nov-2026", letter("<a@x>", "", "Tuesday", "zoe", "03 Nov 2026 10:00:00 +0000", 1));
            append(
                    imap,
                    "04-Nov-2026",
                    letter("<b@x>", "<a@x>", "Re: Tuesday", "Bruno", "04 Nov 2026 10:00:00 +0000", 500));
            append(
                    imap,
                    "03-Nov-2026",
                    letter("<c@x>", "<a@x> <b@x>", "RE: tuesday", "alice", "05 Nov 2026 01:00:00 +0200", 90));
            append(
                    imap,
                    "02-Nov-2026",
                    letter("<d@x>", "<a@x>", "=?utf-8?q?=C3=84pfel?=", "émile", "06 Nov 2026 10:00:00 +0000", 40));
            append(imap, "01-Nov-2026", letter("<e@x>", "", "[list] Apples (fwd)", "carla", "", 1000));
            append(imap, "06-Nov-2026", letter("<f@x>", "", "Fwd: apples", "dora", "02 Nov 2026 10:00:00 +0000", 20));
            imap.ok("SELECT Letters");
            imap.ok("STORE 1 +FLAGS (\\Deleted)");
            imap.ok("EXPUNGE");
        }
    }

    @AfterAll
    void it_stops() {
        server.close();
    }

    private static String letter(String id, String references, String subject, String from, String date, int size) {
        return "Message-ID: " + id + "\r\n"
                + (references.isEmpty() ? "" : "References: " + references.replace(" ", "\r\n ") + "\r\n")
                + "Subject: " + subject + "\r\nFrom: \"Somebody\" <" + from + "@provider.example>\r\n"
                + "To: " + (size % 3) + "@provider.example\r\nCc: \"A, B\" <" + (size % 7)
                + "@provider.example>, z@z.example\r\n"
                + (date.isEmpty() ? "" : "Date: " + date + "\r\n")
                + "\r\n" + "x".repeat(size) + "\r\n";
    }

    private static void append(RawImap imap, String day, String mail) throws Exception {
        assertThat(imap.withLiteral("APPEND Letters \"" + day + " 12:00:00 +0000\"", mail.getBytes(UTF_8), "")
                        .completion())
                .startsWith("OK");
    }

    private RawImap reader() throws Exception {
        return RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))
                .login(DR_BLOOM, PASSWORD);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "(ARRIVAL) UTF-8 ALL                 | 5 4 3 2 1 6",
                "(REVERSE ARRIVAL) UTF-8 ALL         | 6 1 2 3 4 5",
                "(DATE) US-ASCII ALL                 | 5 6 1 2 3 4",
                "(REVERSE DATE) us-ascii all         | 4 3 2 1 6 5",
                "(SIZE) UTF-8 ALL                    | 1 6 4 3 2 5",
                "(FROM) UTF-8 ALL                    | 3 2 5 6 4 1",
                "(SUBJECT DATE) UTF-8 ALL            | 5 6 4 1 2 3",
                "(SUBJECT REVERSE DATE) UTF-8 ALL    | 6 5 4 3 2 1",
                "(REVERSE SUBJECT DATE) \"UTF-8\" ALL| 1 2 3 4 5 6",
                "(TO CC ARRIVAL) UTF-8 ALL           | 3 1 4 5 2 6",
                "(DATE) UTF-8 SUBJECT tuesday        | 1 2 3",
                "(DATE) UTF-8 NOT 1:3 LARGER 2       | 5 6 4",
                "(DATE) UTF-8 OR FROM alice FROM dora| 6 3",
                "(DATE) UTF-8 SUBJECT nothing        | ''"
            })
    void sort_answers_in_the_order_that_was_asked_for(String command, String order) throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("SELECT Letters");
            assertThat(imap.ok("SORT " + command).untagged())
                    .extracting(line -> line.text().strip())
                    .contains(("* SORT " + order).strip());
            // UIDs are one more here.
            String uids = order.chars()
                    .mapToObj(c -> c == ' ' ? " " : String.valueOf((char) (c + 1)))
                    .collect(Collectors.joining());
            String byUid = command.replace("NOT 1:3", "NOT UID 2:4");
            assertThat(imap.ok("UID SORT " + byUid).untagged())
                    .extracting(line -> line.text().strip())
                    .contains(("* SORT " + uids).strip());
        }
    }

    @Test
    void thread_follows_references_and_then_subjects() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("SELECT Letters");
            assertThat(imap.ok("THREAD REFERENCES UTF-8 ALL").text()).contains("* THREAD ((5)(6))(1 (2 3)(4))");
            assertThat(imap.ok("UID THREAD references UTF-8 ALL").text()).contains("* THREAD ((6)(7))(2 (3 4)(5))");
            // What was not searched for is a place without a message, or not there.
            assertThat(imap.ok("THREAD REFERENCES UTF-8 NOT 1").text()).contains("* THREAD ((5)(6))((2 3)(4))");
            assertThat(imap.ok("THREAD REFERENCES US-ASCII SUBJECT nothing").text())
                    .contains("* THREAD");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SORT () UTF-8 ALL",
                "SORT (REVERSE) UTF-8 ALL",
                "SORT (REVERSE REVERSE DATE) UTF-8 ALL",
                "SORT (COLOUR) UTF-8 ALL",
                "SORT DATE UTF-8 ALL",
                "SORT (DATE) UTF-8",
                "SORT (DATE)",
                "SORT (DATE ALL",
                "SORT",
                "SORT (DATE) KLINGON ALL",
                "SORT (DATE) \"U F\" ALL",
                "SORT RETURN (MIN) (DATE) UTF-8 ALL",
                "UID SORT (DATE) UTF-8 COLOUR",
                "THREAD ORDEREDSUBJECT UTF-8 ALL",
                "THREAD REFERENCES",
                "UID",
                "UID COLOUR 1"
            })
    void what_is_not_offered_or_not_understood_is_refused_and_the_conversation_goes_on(String command)
            throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("SELECT Letters");
            assertThat(imap.command(command).completion()).matches("(BAD|NO) .*");
            assertThat(imap.ok("UID FETCH 2 (FLAGS)").text()).contains("UID 2");
        }
    }

    @Test
    void many_keys_and_a_folder_that_is_not_selected_are_refused() throws Exception {
        try (RawImap imap = reader()) {
            assertThat(imap.command("SORT (DATE) UTF-8 ALL").completion()).matches("(BAD|NO) .*");
            imap.ok("SELECT Letters");
            assertThat(imap.command("SORT (" + "DATE ".repeat(1000).strip() + ") UTF-8 ALL")
                            .completion())
                    .startsWith("BAD");
            assertThat(imap.command("SORT (DATE) UTF-8 " + "NOT ".repeat(5000) + "ALL")
                            .completion())
                    .matches("(BAD|NO) .*");
        }
    }

    @Test
    void a_sort_that_looks_for_a_modification_sequence_tells_the_highest() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("SELECT Letters");
            assertThat(imap.ok("SORT (REVERSE ARRIVAL) UTF-8 MODSEQ 1").text())
                    .containsPattern("\\* SORT 6 1 2 3 4 5 \\(MODSEQ [1-9][0-9]*\\)");
            assertThat(imap.ok("SORT (ARRIVAL) UTF-8 MODSEQ 1 SUBJECT nothing").text())
                    .doesNotContain("(MODSEQ");
            assertThat(imap.ok("SORT (ARRIVAL) UTF-8 ALL").text()).doesNotContain("(MODSEQ");
        }
    }

    @Test
    void what_is_looked_for_may_come_as_a_literal() throws Exception {
        byte[] tuesday = "tuesday".getBytes(UTF_8);
        byte[] apples = "Äpfel".getBytes(UTF_8);
        try (RawImap imap = reader()) {
            imap.ok("SELECT Letters");
            assertThat(imap.withLiteral("SORT (DATE) UTF-8 SUBJECT", tuesday, " 1:2")
                            .text())
                    .contains("* SORT 1 2\n");
            assertThat(imap.withLiteral("UID SORT (DATE) UTF-8 SUBJECT", apples, "")
                            .text())
                    .contains("* SORT 5\n");
            assertThat(imap.withLiteral("UID THREAD REFERENCES UTF-8 SUBJECT", tuesday, "")
                            .text())
                    .contains("* THREAD (2 3 4)");
            assertThat(imap.withLiteral("UID SEARCH CHARSET UTF-8 SUBJECT", apples, "")
                            .text())
                    .contains("* SEARCH 5\n");
        }
    }

    /** All commands behind UID are read by a parser of ours before James's. */
    @Test
    void uid_before_every_other_command_means_what_it_did() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("CREATE Desk");
            imap.ok("CREATE Drawer");
            imap.ok("SELECT Letters");
            imap.ok("UID COPY 2:4,7 Desk");
            imap.ok("SELECT Desk");
            assertThat(imap.ok("UID FETCH 1:* (UID RFC822.SIZE)").untagged()).hasSize(4);
            assertThat(imap.ok("uid fetch 2 body.peek[header.fields (subject)]").text())
                    .contains("UID 2 ")
                    // "Subject: Re: Tuesday" and an empty line.
                    .contains("{24}");
            assertThat(imap.ok("UID STORE 1:2 +FLAGS (\\Deleted)").text()).contains("\\Deleted");
            assertThat(imap.ok("UID STORE 3 +FLAGS.SILENT (Urgent \\Deleted)").completion())
                    .startsWith("OK");
            assertThat(imap.ok("UID SEARCH KEYWORD Urgent").text()).contains("* SEARCH 3\n");
            assertThat(imap.ok("UID SEARCH RETURN (COUNT MAX) DELETED").text())
                    .contains("COUNT 3")
                    .contains("MAX 3")
                    .contains("UID");
            imap.ok("UID EXPUNGE 1");
            assertThat(imap.ok("UID SEARCH ALL").text()).contains("* SEARCH 2 3 4\n");
            imap.ok("UID MOVE 2,4 Drawer");
            assertThat(imap.ok("UID SEARCH ALL").text()).contains("* SEARCH 3\n");
            assertThat(imap.ok("STATUS Drawer (MESSAGES)").text()).contains("MESSAGES 2");
            assertThat(imap.command("UID NOOP").completion()).startsWith("BAD");
            assertThat(imap.command("UID UID FETCH 3 (FLAGS)").completion()).startsWith("BAD");
            imap.ok("NOOP");
        }
    }

    @Test
    void all_are_offered_in_every_state() throws Exception {
        String[] offered = {" SORT", " THREAD=REFERENCES", " CREATE-SPECIAL-USE"};
        try (RawImap imap =
                RawImap.connect(Tls.connect(server.addresses().imaps().getPort()))) {
            assertThat(imap.ok("CAPABILITY").text()).contains(offered);
        }
        try (RawImap imap = reader()) {
            assertThat(imap.ok("CAPABILITY").text()).contains(offered).doesNotContain("ORDEREDSUBJECT");
            imap.ok("SELECT Letters");
            assertThat(imap.ok("CAPABILITY").text()).contains(offered);
        }
    }

    @Test
    void a_folder_is_made_for_a_use_that_its_name_has_and_for_no_other() throws Exception {
        try (RawImap imap = reader()) {
            imap.ok("CREATE Archive (USE (\\Archive))");
            assertThat(imap.ok("LIST \"\" Archive RETURN (SPECIAL-USE)").text()).contains("\\Archive");
            imap.ok("CREATE \"Plain one\"");
            imap.ok("CREATE Empty (USE ())");
            for (String command : new String[] {
                "CREATE Old (USE (\\Archive))",
                "CREATE Spam (USE (\\Junk \\Flagged))",
                "CREATE Everything (USE (\\All))",
                "CREATE Mine (use (\\Sent))"
            }) {
                assertThat(imap.command(command).completion()).startsWith("NO [USEATTR]");
            }
            for (String command : new String[] {
                "CREATE",
                "CREATE X (",
                "CREATE X (USE",
                "CREATE X (USE (\\Sent)",
                "CREATE X (COLOUR (red))",
                "CREATE X USE"
            }) {
                assertThat(imap.command(command).completion()).as(command).startsWith("BAD");
            }
            assertThat(imap.ok("LIST \"\" *").text()).doesNotContain("Old", "Spam", "Everything", "Mine", " X");
        }
    }
}
