package org.therapost.server.endtoend.imap;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.inject.util.Modules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.server.TestServer;
import org.therapost.server.TestTherapists;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.Tls;
import org.therapost.server.process.TherapostServer;

/** QRESYNC (RFC 7162 section 3.2) while another program expunges: no ghost stays, and nothing vanishes twice. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ResynchronizationTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final byte[] LETTER = "Subject: a letter\r\n\r\nText\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final int MESSAGES = 24;
    private static final Pattern VANISHED = Pattern.compile("\\* VANISHED (\\(EARLIER\\) )?([0-9:,]+)");

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

    /** What a program believes that the folder holds, from nothing but the answers. */
    private static final class Belief {

        private final Set<Long> uids;
        private final Set<Long> gone = new TreeSet<>();
        private long modSeq;
        private String exists = "";

        Belief(Set<Long> uids) {
            this.uids = uids;
        }

        void hear(RawImap.Answer answer) {
            for (RawImap.Line line : answer.untagged()) {
                Matcher vanished = VANISHED.matcher(line.text());
                if (vanished.matches()) {
                    List<Long> told = uids(vanished.group(2));
                    if (vanished.group(1) == null) {
                        // Without EARLIER a number goes with it: it must have been there.
                        assertThat(gone).doesNotContainAnyElementsOf(told);
                        assertThat(uids).containsAll(told);
                    }
                    gone.addAll(told);
                    uids.removeAll(told);
                } else if (line.text().contains(" FETCH (")) {
                    assertThat(uids).contains(line.number("UID"));
                } else if (line.text().endsWith(" EXISTS")) {
                    exists = line.text();
                } else if (line.text().contains("HIGHESTMODSEQ")) {
                    modSeq = line.number("HIGHESTMODSEQ");
                }
            }
        }

        private static List<Long> uids(String set) {
            return Pattern.compile(",")
                    .splitAsStream(set)
                    .map(range -> range.split(":", 2))
                    .flatMap(ends -> LongStream.rangeClosed(
                                    Long.parseLong(ends[0]), Long.parseLong(ends[ends.length - 1]))
                            .boxed())
                    .toList();
        }
    }

    @Test
    void a_message_that_goes_between_select_and_fetch_is_told_of_once() throws Exception {
        try (RawImap desk = reader();
                RawImap phone = reader()) {
            Belief belief = filled("Between", desk, phone);
            phone.ok("UNSELECT");
            remove(desk, 3);
            belief.hear(phone.ok("SELECT Between (QRESYNC (" + validity(desk, "Between") + " " + belief.modSeq + "))"));
            assertThat(belief.gone).containsExactly(3L);
            assertThat(belief.exists).isEqualTo("* " + (MESSAGES - 1) + " EXISTS");
            remove(desk, 5);
            remove(desk, MESSAGES);
            // By number, no expunge may be told of (RFC 7162 section 3.2.10.2); the numbers are those that were told.
            RawImap.Answer byNumber = phone.ok("FETCH 1:* (UID FLAGS)");
            assertThat(byNumber.text()).doesNotContain("VANISHED");
            belief.hear(byNumber);
            belief.hear(phone.ok("UID FETCH 1:* (FLAGS) (CHANGEDSINCE 1 VANISHED)"));
            belief.hear(phone.ok("NOOP"));
            assertThat(belief.gone).containsExactly(3L, 5L, (long) MESSAGES);
            assertThat(belief.uids).containsExactlyElementsOf(new TreeSet<>(desk.search("ALL")));
        }
    }

    @Test
    void whatever_the_moment_the_program_ends_with_what_is_there() throws Exception {
        try (RawImap desk = reader();
                RawImap phone = reader()) {
            Belief belief = filled("Race", desk, phone);
            long validity = validity(desk, "Race");
            for (long uid = 1; uid < MESSAGES; uid += 2) {
                long one = uid;
                phone.ok("UNSELECT");
                CompletableFuture<Void> removing = CompletableFuture.runAsync(() -> {
                    remove(desk, one);
                    remove(desk, one + 1);
                });
                belief.gone.clear();
                belief.hear(phone.ok("SELECT Race (QRESYNC (" + validity + " " + belief.modSeq + "))"));
                belief.hear(phone.ok("UID FETCH 1:* (FLAGS)"));
                removing.join();
                belief.hear(phone.ok("NOOP"));
                assertThat(belief.uids).containsExactlyElementsOf(new TreeSet<>(desk.search("ALL")));
            }
        }
    }

    private Belief filled(String folder, RawImap desk, RawImap phone) throws IOException {
        desk.ok("CREATE " + folder);
        for (int i = 0; i < MESSAGES; i++) {
            desk.append(folder, "", LETTER);
        }
        desk.ok("SELECT " + folder);
        phone.ok("ENABLE QRESYNC");
        Belief belief =
                new Belief(LongStream.rangeClosed(1, MESSAGES).boxed().collect(Collectors.toCollection(TreeSet::new)));
        belief.hear(phone.ok("SELECT " + folder));
        return belief;
    }

    private static long validity(RawImap imap, String folder) throws IOException {
        return imap.ok("STATUS " + folder + " (UIDVALIDITY)").with("STATUS").number("UIDVALIDITY");
    }

    private static void remove(RawImap imap, long uid) {
        try {
            imap.ok("UID STORE " + uid + " +FLAGS.SILENT (\\Deleted)");
            imap.ok("UID EXPUNGE " + uid);
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
