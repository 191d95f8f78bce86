package org.therapost.server.endtoend.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.therapost.server.endtoend.Administrator;
import org.therapost.server.endtoend.OutsideServer;
import org.therapost.server.endtoend.RawImap;
import org.therapost.server.endtoend.RawSmtp;
import org.therapost.server.endtoend.ServerProcess;

/**
 * Alice writes and Dr Bloom answers, both as fast as they are let, whatever happens to the servers. Every message has a
 * number and is handed over again, as mail servers do, until it is accepted; what is there in the end is compared with that.
 */
public final class TwoWayLoad {

    public static final String DR_BLOOM = "bloom@practice.example";
    public static final String PASSWORD = "a long walk by the river";
    public static final String ALICE = "alice@provider.example";
    private static final Pattern NUMBER = Pattern.compile("\r\nSubject: (Message|Answer) (\\d+)\r\n");
    private static final Pattern MESSAGE_ID = Pattern.compile("(?i)\r\nMessage-ID:\\s*(\\S+)\r\n");

    private final String thread;
    private final long seed;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> accepted = new ConcurrentSkipListSet<>();
    private final Set<String> turnedAway = ConcurrentHashMap.newKeySet();
    private final Set<String> unanswered = ConcurrentHashMap.newKeySet();
    private final Queue<String> messagesAgain = new ConcurrentLinkedQueue<>();
    private final Queue<String> answersAgain = new ConcurrentLinkedQueue<>();
    private final AtomicReference<String> surprise = new AtomicReference<>("");

    public TwoWayLoad(String thread, long seed) {
        this.thread = thread;
        this.seed = seed;
    }

    /** Enrols everybody who takes part; returns the thread's address. */
    public static String enrol(Administrator administrator) throws IOException, InterruptedException {
        administrator.practice("practice.example");
        administrator.therapist(DR_BLOOM, "Dr Bloom", PASSWORD);
        String thread = administrator.client(DR_BLOOM, ALICE, "Alice");
        administrator.consent(thread, true);
        return thread;
    }

    /** Those who write; until they are told to stop they connect again whenever a connection breaks. */
    public final class Writers implements AutoCloseable {

        private final AtomicBoolean stop = new AtomicBoolean();
        private final List<Thread> threads = new ArrayList<>();

        private Writers(List<ServerProcess> servers) {
            for (ServerProcess server : servers) {
                for (int i = 0; i < 2; i++) {
                    threads.add(new Thread(() -> write(server, "Message"), "alice-" + i));
                    threads.add(new Thread(() -> write(server, "Answer"), "bloom-" + i));
                }
            }
            threads.forEach(Thread::start);
        }

        private void write(ServerProcess server, String kind) {
            while (!stop.get()) {
                try (RawSmtp smtp = kind.equals("Message") ? alices(server) : blooms(server)) {
                    converse(smtp, kind);
                } catch (IOException | AssertionError broken) {
                    pause();
                }
            }
        }

        private void converse(RawSmtp smtp, String kind) throws IOException {
            while (!stop.get()) {
                String old = again(kind).poll();
                String name = old == null ? kind + " " + next.incrementAndGet() : old;
                String reply = "";
                try {
                    reply = smtp.mail(kind.equals("Message") ? ALICE : DR_BLOOM, thread, message(name));
                } finally {
                    note(name, reply);
                }
                if (!reply.startsWith("250 ")) {
                    pause();
                }
            }
        }

        private void pause() {
            try {
                TimeUnit.MILLISECONDS.sleep(20);
            } catch (InterruptedException hurry) {
                stop.set(true);
            }
        }

        @Override
        public String toString() {
            return threads.size() + " writers";
        }

        @Override
        public void close() {
            stop.set(true);
            for (Thread thread : threads) {
                Uninterruptibles.joinUninterruptibly(thread);
            }
        }
    }

    public Writers write(ServerProcess... servers) {
        return new Writers(List.of(servers));
    }

    private static RawSmtp alices(ServerProcess server) throws IOException {
        return server.smtp().expect("250", "EHLO provider.example");
    }

    private static RawSmtp blooms(ServerProcess server) throws IOException {
        RawSmtp smtp = server.submissions().expect("250", "EHLO mail-program.example");
        if (!smtp.login(DR_BLOOM, PASSWORD).startsWith("235")) {
            smtp.close();
            throw new IOException("no login now");
        }
        return smtp;
    }

    private Queue<String> again(String name) {
        return name.startsWith("Message") ? messagesAgain : answersAgain;
    }

    private void note(String name, String reply) {
        if (reply.startsWith("250 ")) {
            accepted.add(name);
            return;
        }
        again(name).add(name);
        if (reply.isEmpty() || reply.startsWith("421")) {
            unanswered.add(name);
        } else {
            turnedAway.add(name);
            if (!reply.startsWith("45")) {
                surprise.compareAndSet("", reply);
            }
        }
    }

    public int accepted() {
        return accepted.size();
    }

    public int turnedAway() {
        return turnedAway.size();
    }

    /** Waits until so many more are accepted. */
    public void awaitMore(int more) throws InterruptedException {
        int enough = accepted.size() + more;
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (accepted.size() < enough) {
            assertThat(System.nanoTime())
                    .as("%s accepted, %s wanted", accepted.size(), enough)
                    .isLessThan(deadline);
            TimeUnit.MILLISECONDS.sleep(2);
        }
    }

    /** Hands over what was not accepted yet. */
    public void finish(ServerProcess server) throws IOException {
        for (String kind : List.of("Message", "Answer")) {
            try (RawSmtp smtp = kind.equals("Message") ? alices(server) : blooms(server)) {
                for (String name = again(kind).poll();
                        name != null;
                        name = again(kind).poll()) {
                    assertThat(smtp.mail(kind.equals("Message") ? ALICE : DR_BLOOM, thread, message(name)))
                            .as("%s, seed %s", name, seed)
                            .startsWith("250 ");
                    accepted.add(name);
                }
            }
        }
    }

    /** The same for the same seed, so that it can be compared. */
    private byte[] message(String name) {
        Random random = new Random(seed + name.hashCode());
        boolean answer = name.startsWith("Answer");
        StringBuilder text = new StringBuilder("From: " + (answer ? DR_BLOOM : ALICE) + "\r\nTo: " + thread
                + "\r\nDate: Mon, 2 Mar 2026 10:00:00 +0100\r\nSubject: " + name + "\r\nMessage-ID: <"
                + name.replace(' ', '-') + "@" + (answer ? "practice" : "provider") + ".example>\r\n\r\n");
        for (int i = random.nextInt(40); i >= 0; i--) {
            text.append(Long.toHexString(random.nextLong())).append("\r\n");
        }
        return text.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** All of it is in the folder exactly once, word for word. */
    public void checkFolders(ServerProcess server) throws Exception {
        finish(server);
        assertThat(accepted).hasSize(next.get());
        assertThat(surprise.get()).as("seed " + seed).isEmpty();
        int filed = checkFolder(server, "Clients/Alice", "");
        assertThat(server.administrator().messages(thread)).as("the record").isEqualTo(filed);
        checkFolder(server, "INBOX", "Message");
    }

    private int checkFolder(ServerProcess server, String folder, String kind) throws Exception {
        Map<String, Integer> copies = new TreeMap<>();
        try (RawImap imap = server.imaps().login(DR_BLOOM, PASSWORD)) {
            imap.ok("SELECT " + RawImap.quoted(folder));
            for (RawImap.Line line : imap.ok("UID FETCH 1:* (BODY.PEEK[])").fetched()) {
                Optional<String> found = find(new String(line.literal(), StandardCharsets.US_ASCII));
                if (found.isEmpty()) {
                    // A notice to Dr Bloom.
                    continue;
                }
                String name = found.get();
                copies.merge(name, 1, Integer::sum);
                assertThat(line.literal()).as(name).isEqualTo(message(name));
            }
        }
        assertThat(copies.keySet())
                .as("%s, seed %s", folder, seed)
                .isEqualTo(
                        accepted.stream().filter(name -> name.startsWith(kind)).collect(Collectors.toSet()));
        assertThat(copies.values()).as("%s, seed %s", folder, seed).containsOnly(1);
        return copies.size();
    }

    private static Optional<String> find(String mail) {
        Matcher number = NUMBER.matcher(mail);
        return number.find() ? Optional.of(number.group(1) + " " + number.group(2)) : Optional.empty();
    }

    private static String name(String mail) {
        return find(mail).orElseThrow();
    }

    /**
     * Every answer that was accepted arrives outside; twice only if an attempt was cut off before it could note that it had
     * ended, and then the same mail with the same Message-ID.
     *
     * @param doubles that the faults could have caused: attempts at work at the moment of each
     */
    public void checkOutside(ServerProcess server, OutsideServer outside, int doubles) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        Set<String> wanted =
                accepted.stream().filter(name -> name.startsWith("Answer")).collect(Collectors.toSet());
        while (!names(outside).containsAll(wanted)) {
            assertThat(System.nanoTime())
                    .as("answers that did not arrive, seed " + seed)
                    .isLessThan(deadline);
            server.administrator().retryAll();
            TimeUnit.MILLISECONDS.sleep(200);
        }
        Map<String, List<String>> byName = outside.taken().stream().collect(Collectors.groupingBy(TwoWayLoad::name));
        byName.forEach((name, mails) -> {
            assertThat(mails.stream().map(TwoWayLoad::messageId).distinct())
                    .as(name)
                    .hasSize(1);
            assertThat(mails.stream().distinct()).as(name).hasSize(1);
        });
        assertThat(outside.taken().size() - byName.size())
                .as("answers that arrived twice, seed " + seed)
                .isLessThanOrEqualTo(doubles);
    }

    private static Set<String> names(OutsideServer outside) {
        return outside.taken().stream().map(TwoWayLoad::name).collect(Collectors.toSet());
    }

    private static String messageId(String mail) {
        Matcher id = MESSAGE_ID.matcher(mail);
        assertThat(id.find()).isTrue();
        return id.group(1);
    }

    @Override
    public String toString() {
        return accepted.size() + " accepted, " + turnedAway.size() + " turned away, " + unanswered.size()
                + " unanswered, all of these again";
    }
}
