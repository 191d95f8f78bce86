package org.therapost.server.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/** PostgreSQL cannot write any more: 451, and nothing that was answered 250 is lost; with room again all goes on. */
@Tag("integration")
@Timeout(900)
class DiskFullTest {

    private static final int MEBIBYTE = 1024 * 1024;
    private static final Map<String, String> SETTINGS = Map.of("inbound.trusted-networks", "127.0.0.1");

    /** No file may grow beyond 20 MiB, more than a segment of the log and less than the mail that comes. */
    @Test
    void when_a_table_cannot_grow_the_answer_is_451_and_what_was_accepted_is_there(@TempDir Path folder)
            throws Exception {
        try (ServerProcess server = new ServerProcess(folder, SETTINGS)) {
            server.start();
            String thread = TwoWayLoad.enrol(server.administrator());
            server.stop();
            server.startUnder(List.of("sh", "-c", "ulimit -S -f 40960; exec \"$@\"", "sh"));
            List<Integer> accepted = new ArrayList<>();
            int number = 0;
            String reply = "250 ";
            try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
                while (reply.startsWith("250 ") && number < 60) {
                    reply = smtp.mail(TwoWayLoad.ALICE, thread, large(number));
                    if (reply.startsWith("250 ")) {
                        accepted.add(number);
                    }
                    number++;
                }
                assertThat(reply).startsWith("451 4.3.0");
                assertThat(smtp.mail(TwoWayLoad.ALICE, thread, large(number++))).startsWith("451 4.3.0");
            }
            assertThat(server.stop()).isZero();
            server.start();
            try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
                assertThat(smtp.mail(TwoWayLoad.ALICE, thread, large(number))).startsWith("250 ");
                accepted.add(number);
            }
            assertThat(sizes(server)).hasSameSizeAs(accepted);
            assertThat(server.administrator().messages(thread)).isEqualTo(accepted.size());
        }
    }

    private static List<String> sizes(ServerProcess server) throws Exception {
        try (RawImap imap = server.imaps().login(TwoWayLoad.DR_BLOOM, TwoWayLoad.PASSWORD)) {
            imap.ok("SELECT " + RawImap.quoted("Clients/Alice"));
            return imap.ok("UID FETCH 1:* (RFC822.SIZE)").fetched().stream()
                    .map(RawImap.Line::text)
                    .toList();
        }
    }

    private static byte[] large(int number) {
        return ("From: " + TwoWayLoad.ALICE + "\r\nSubject: large " + number + "\r\nMessage-ID: <large" + number
                        + "@provider.example>\r\n\r\n" + "words and words and words\r\n".repeat(MEBIBYTE / 27))
                .getBytes(StandardCharsets.US_ASCII);
    }
}
