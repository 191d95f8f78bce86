package org.therapost.server.holes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.server.holes.ServerUnderTest.LOGIN;
import static org.therapost.server.holes.ServerUnderTest.PASSWORD;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.server.CheapPasswords;
import org.therapost.server.TestTherapists;

/** After a restart a practice's programs come all at once: whoever has the right password gets in. */
@Tag("integration")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ManyLoginsTest {

    private static final int AT_ONCE = 50;

    private AssembledTherapost server;

    @BeforeAll
    void the_server_has_just_started(@TempDir Path folder) throws Exception {
        CheapPasswords.realIn(folder.resolve("data"));
        server = AssembledTherapost.start(folder, Map.of());
        for (int i = 0; i < AT_ONCE; i++) {
            TestTherapists.add(server::part, therapist(i), "Therapist " + i, PASSWORD);
        }
    }

    @AfterAll
    void the_server_stops() {
        server.close();
    }

    private static String therapist(int i) {
        return "therapist" + i + "@practice.example";
    }

    @Test
    void fifty_programs_of_one_therapist_are_all_admitted() throws Exception {
        List<Callable<String>> logins = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            logins.add(i % 2 == 0 ? reading(LOGIN, "127.2.0.1") : submitting(LOGIN));
        }
        assertThat(atOnce(logins)).allMatch(answer -> answer.contains("OK") || answer.startsWith("235"));
    }

    @Test
    void fifty_therapists_behind_one_address_are_all_admitted_and_all_keys_forgotten_after_them() throws Exception {
        List<Callable<String>> logins = new ArrayList<>();
        for (int i = 0; i < AT_ONCE; i++) {
            logins.add(reading(therapist(i), "127.3.0.1"));
        }
        assertThat(atOnce(logins)).allMatch(answer -> answer.contains("OK"));
        for (int i = 0; i < 100 && server.part(ReaderLogins.class).open() > 0; i++) {
            Thread.sleep(100);
        }
        assertThat(server.part(ReaderLogins.class).open()).isZero();
    }

    private Callable<String> reading(String login, String from) {
        return () -> {
            try (Peer imap = server.imap(from).patient()) {
                return imap.command("a", "LOGIN " + login + " \"" + PASSWORD + "\"");
            }
        };
    }

    private Callable<String> submitting(String login) {
        String plain =
                Base64.getEncoder().encodeToString(("\0" + login + "\0" + PASSWORD).getBytes(StandardCharsets.UTF_8));
        return () -> {
            try (Peer submission = server.submission().patient()) {
                submission.ask("EHLO mail-program.example");
                return submission.ask("AUTH PLAIN " + plain);
            }
        };
    }

    private static List<String> atOnce(List<Callable<String>> logins) throws Exception {
        ExecutorService programs = Executors.newFixedThreadPool(logins.size());
        try {
            CountDownLatch ready = new CountDownLatch(logins.size());
            List<Future<String>> answers = new ArrayList<>();
            for (Callable<String> login : logins) {
                answers.add(programs.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return login.call();
                }));
            }
            List<String> all = new ArrayList<>();
            for (Future<String> answer : answers) {
                all.add(answer.get());
            }
            return all;
        } finally {
            programs.shutdownNow();
        }
    }
}
