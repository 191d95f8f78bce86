package org.therapost.server.outsiders;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.server.outsiders.Practice.DR_BLOOM;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.outsiders.openpgp.Program;

/** Dr Bloom works with a real Thunderbird, of which nothing is configured but the account. */
@Tag("integration")
@Tag("peers")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ThunderbirdTest {

    private static final String INBOX = "INBOX";

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private Path folder;
    private OutsideServer provider;
    private Practice practice;
    private Thunderbird thunderbird;

    @BeforeAll
    void the_practice_opens_and_dr_bloom_starts_thunderbird() throws Exception {
        folder = Files.createTempDirectory("tp");
        provider = new OutsideServer(folder.resolve("provider"));
        opened.push(provider);
        practice = Practice.open(Map.of(
                        RelaySettings.SMARTHOST, OutsideServer.HOST,
                        RelaySettings.PORT, String.valueOf(provider.port()),
                        RelaySettings.TRUST_CERTIFICATES, provider.certificate().toString()))
                .withDrBloom();
        opened.push(practice);
        practice.dns().txt("provider.example", "v=spf1 ip4:127.0.0.1 -all").address(OutsideServer.HOST, "127.0.0.1");
        practice.client("joerg@provider.example", "J\u00f6rg M\u00fcller");
        thunderbird = Thunderbird.start(Files.createDirectory(folder.resolve("home")));
        opened.push(thunderbird);
        thunderbird.add(practice, DR_BLOOM);
        patiently().until(() -> folders().size() >= 7);
        thunderbird.run("await open(args[0])", INBOX);
    }

    @AfterAll
    void all_close() throws Exception {
        // Also when Thunderbird is missing.
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
        Program.remove(folder);
    }

    @Test
    void the_folders_appear_by_themselves_and_thunderbird_knows_what_they_are_for() throws Exception {
        JsonNode folders = folders();
        assertThat(folders.fieldNames())
                .toIterable()
                .contains(INBOX, "Enquiries", "Drafts", "Sent", "Trash", "Clients/J\u00f6rg M\u00fcller");
        assertThat(folders.path(INBOX).asText()).isEqualTo("inbox");
        assertThat(folders.path("Drafts").asText()).isEqualTo("drafts");
        assertThat(folders.path("Sent").asText()).isEqualTo("sent");
        assertThat(folders.path("Trash").asText()).isEqualTo("trash");
        assertThat(folders.path("Enquiries").asText()).isEmpty();
    }

    @Test
    void mails_that_arrive_appear_in_the_list_without_asking_and_are_fetched_whole() throws Exception {
        String thread = practice.client("carla@provider.example", "Carla");
        for (int week = 1; week <= 4; week++) {
            practice.receive("carla@provider.example", thread, mail("carla", "Carla, week " + week));
        }
        for (int week = 1; week <= 4; week++) {
            JsonNode shown = shown(INBOX, "Carla, week " + week);
            assertThat(shown.path("read").asBoolean()).isFalse();
        }
        patiently().until(() -> shown(INBOX, "Carla, week 4").path("whole").asBoolean());
        assertThat(thunderbird
                        .run("return text(args[0], args[1])", INBOX, "Carla, week 1")
                        .asText())
                .contains("The river was gr\u00fcn.");
    }

    @Test
    void an_answer_reaches_the_client_and_is_in_the_thread_and_among_what_was_sent_once() throws Exception {
        String thread = practice.client("alice@provider.example", "Alice");
        practice.command("client", "consent", thread, "--carriage", "tls");
        practice.receive("alice@provider.example", thread, mail("alice", "Alice slept"));
        shown(INBOX, "Alice slept");
        thunderbird.run("await answer(...args)", INBOX, "Alice slept", "Good to hear: sch\u00f6n.");

        patiently().until(() -> provider.taken().stream().anyMatch(mail -> mail.contains("Good to hear")));
        assertThat(provider.taken())
                .filteredOn(mail -> mail.contains("Good to hear"))
                .singleElement()
                .satisfies(mail -> assertThat(mail)
                        .contains("To: alice@provider.example", "From: " + thread, "sch\u00c3\u00b6n")
                        .doesNotContain(DR_BLOOM, "Thunderbird"));
        for (String folder : new String[] {"Clients/Alice", "Sent"}) {
            patiently()
                    .until(() -> practice.mailProgram().messages(folder).stream()
                                    .filter(octets -> new String(octets, UTF_8).contains("Good to hear: sch\u00f6n."))
                                    .count()
                            == 1);
        }
        patiently().until(() -> shown(INBOX, "Alice slept").path("answered").asBoolean());
        assertThat(practice.recorded(thread)).isEqualTo(2);
    }

    @Test
    void what_is_read_starred_tagged_searched_and_deleted_there_is_so_on_the_server() throws Exception {
        String thread = practice.client("bruno@provider.example", "Bruno");
        practice.receive("bruno@provider.example", thread, mail("bruno", "Bruno one"));
        practice.receive("bruno@provider.example", thread, mail("bruno", "Bruno two"));
        shown(INBOX, "Bruno two");
        assertThat(thunderbird.run("return search(args[0], args[1])", INBOX, "gr\u00fcn by bruno"))
                .extracting(JsonNode::asText)
                .containsExactlyInAnyOrder("Bruno one", "Bruno two");
        thunderbird.run("await mark(args[0], args[1])", INBOX, "Bruno one");
        thunderbird.run("await remove(args[0], args[1])", INBOX, "Bruno two");
        patiently().until(() -> practice.mailProgram().messages("Trash").size() == 1);
        assertThat(new String(practice.mailProgram().messages("Trash").get(0), UTF_8))
                .contains("Bruno two");
        patiently()
                .until(() -> practice.sql()
                                .fetchOne("select count(*) from mailbox_message where flags & 40 = 40")
                                .into(Integer.class)
                        == 1);
        assertThat(practice.recorded(thread)).isEqualTo(2);
    }

    private JsonNode folders() throws Exception {
        return thunderbird.run("return folders()");
    }

    /** What the list of a folder shows of a message, once it does. */
    private JsonNode shown(String path, String subject) {
        JsonNode[] shown = new JsonNode[1];
        patiently().until(() -> {
            for (JsonNode message : thunderbird.run("return list(args[0])", path)) {
                if (message.path("subject").asText().equals(subject)) {
                    shown[0] = message;
                    return true;
                }
            }
            return false;
        });
        return shown[0];
    }

    private static String mail(String who, String subject) {
        String words = "The river was gr\u00fcn. It was gr\u00fcn by " + who + ".\r\n";
        // By the Message-ID the answer is known for one.
        return "Message-ID: <" + subject.replaceAll("\\W", "") + "@provider.example>\r\n"
                + Mails.plain(who + "@provider.example", words).replace("Words for you", subject);
    }

    private static ConditionFactory patiently() {
        return await().atMost(Duration.ofMinutes(2)).pollInterval(Duration.ofMillis(300));
    }
}
