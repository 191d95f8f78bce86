package org.therapost.server.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code kill -9} while mail arrives. What was answered with 250 is there exactly once; what was not answered is there once
 * or not at all, since the sender will try again.
 */
class CrashTest {

    private static final Logger LOG = LoggerFactory.getLogger(CrashTest.class);
    private static final int MESSAGES = 200;
    private static final int SESSIONS = 4;
    private static final int CRASHES = 4;
    private static final String DR_BLOOM = "bloom@practice.example";
    private static final String PASSWORD = "a long walk by the river";
    private static final String ALICE = "alice@provider.example";
    private static final Pattern NUMBER = Pattern.compile("\r\nSubject: Message (\\d+)\r\n");

    private final Queue<Integer> unsent = new ConcurrentLinkedQueue<>();
    private final Set<Integer> accepted = ConcurrentHashMap.newKeySet();
    private final Set<Integer> unanswered = ConcurrentHashMap.newKeySet();

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void what_was_answered_with_250_is_there_exactly_once_after_kill_9(@TempDir Path folder) throws Exception {
        long seed = Long.getLong("crash.seed", System.nanoTime());
        LOG.info("seed of the crashes: {} (again with -Dcrash.seed={})", seed, seed);
        Random random = new Random(seed);
        IntStream.range(0, MESSAGES).forEach(unsent::add);
        try (ServerProcess server = new ServerProcess(folder, Map.of("inbound.trusted-networks", "127.0.0.1"))) {
            server.start();
            server.administrator().practice("practice.example");
            server.administrator().therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
            String thread = server.administrator().client(DR_BLOOM, ALICE, "Alice");
            for (int crash = 1; crash <= CRASHES; crash++) {
                List<Thread> senders = sendAll(server, thread, seed);
                awaitAnswers(accepted.size() + 5 + random.nextInt(MESSAGES / CRASHES - 10), senders);
                TimeUnit.MICROSECONDS.sleep(random.nextInt(20_000));
                server.kill();
                join(senders);
                LOG.info("crash {}: {} accepted, {} unanswered", crash, accepted.size(), unanswered.size());
                server.start();
            }
            join(sendAll(server, thread, seed));
            assertThat(unsent).isEmpty();
            assertThat(accepted.size() + unanswered.size()).isEqualTo(MESSAGES);
            assertThat(unanswered).as("seed " + seed).hasSizeLessThanOrEqualTo(CRASHES * SESSIONS);
            checkFolder(server, "Clients/Alice", thread, seed);
            checkFolder(server, "INBOX", thread, seed);
            assertThat(server.stop()).isZero();
        }
    }

    private List<Thread> sendAll(ServerProcess server, String thread, long seed) {
        List<Thread> senders = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            Thread sender = new Thread(() -> sendUntilItBreaks(server, thread, seed), "sender-" + i);
            sender.start();
            senders.add(sender);
        }
        return senders;
    }

    private void sendUntilItBreaks(ServerProcess server, String thread, long seed) {
        Integer number = null;
        try (RawSmtp smtp = server.smtp().expect("250", "EHLO provider.example")) {
            while ((number = unsent.poll()) != null) {
                String reply = smtp.mail(ALICE, thread, message(number, thread, seed));
                (reply.startsWith("250 ") ? accepted : unanswered).add(number);
                number = null;
            }
        } catch (IOException | AssertionError broken) {
            if (number != null) {
                unanswered.add(number);
            }
        }
    }

    private void awaitAnswers(int count, List<Thread> senders) throws InterruptedException {
        while (accepted.size() < count && senders.stream().anyMatch(Thread::isAlive)) {
            Thread.sleep(1);
        }
    }

    private static void join(List<Thread> senders) throws InterruptedException {
        for (Thread sender : senders) {
            sender.join();
        }
    }

    /** The same for the same seed, so that it can be compared. */
    private static byte[] message(int number, String thread, long seed) {
        Random random = new Random(seed + number);
        StringBuilder text = new StringBuilder("From: Alice <" + ALICE + ">\r\nTo: " + thread
                + "\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nSubject: Message " + number + "\r\nMessage-ID: <"
                + number
                + "@provider.example>\r\n\r\n");
        int lines = 1 + random.nextInt(number % 10 == 0 ? 2000 : 40);
        for (int i = 0; i < lines; i++) {
            text.append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void checkFolder(ServerProcess server, String folder, String thread, long seed) throws Exception {
        Map<Integer, Integer> copies = new TreeMap<>();
        int rows = 0;
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT " + RawImap.quoted(folder));
            for (RawImap.Line line : imap.ok("UID FETCH 1:* (BODY.PEEK[])").fetched()) {
                rows++;
                Matcher number = NUMBER.matcher(new String(line.literal(), StandardCharsets.US_ASCII));
                assertThat(number.find()).isTrue();
                int found = Integer.parseInt(number.group(1));
                copies.merge(found, 1, Integer::sum);
                assertThat(line.literal()).as("message " + found).isEqualTo(message(found, thread, seed));
            }
        }
        assertThat(copies.keySet()).as(folder + ", seed " + seed).containsAll(accepted);
        assertThat(copies.values()).as(folder + ", seed " + seed).containsOnly(1);
        assertThat(server.administrator().messages(thread))
                .as("the record and the folder, seed " + seed)
                .isEqualTo(rows);
    }
}
