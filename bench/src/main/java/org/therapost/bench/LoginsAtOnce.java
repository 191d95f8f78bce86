package org.therapost.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.therapost.bench.contestants.TherapostContestant;
import org.therapost.bench.load.ImapClient;
import org.therapost.bench.load.ReadTarget;
import org.therapost.bench.machine.Spread;

/** After a restart a practice's programs come all at once, with the right password: of one account, and of as many. */
final class LoginsAtOnce {

    private final TherapostContestant therapost;

    LoginsAtOnce(TherapostContestant therapost) {
        this.therapost = therapost;
    }

    String measure(int count) throws IOException, InterruptedException {
        StringBuilder table = new StringBuilder("### " + count + " right logins at once after a restart: "
                + therapost.name() + "\n\n| | admitted | p50 / max, s |\n|---|---|---|\n");
        table.append(row("of one account", Collections.nCopies(count, therapost.inbox())));
        table.append(row("of " + count + " accounts", therapost.inboxes(count)));
        return table.toString();
    }

    private String row(String title, List<ReadTarget> readings) throws IOException, InterruptedException {
        therapost.restart();
        ExecutorService programs = Executors.newFixedThreadPool(readings.size());
        try {
            CountDownLatch ready = new CountDownLatch(readings.size());
            List<Future<Double>> logins = new ArrayList<>();
            for (ReadTarget readTarget : readings) {
                Callable<Double> login = () -> {
                    ready.countDown();
                    ready.await();
                    return login(readTarget);
                };
                logins.add(programs.submit(login));
            }
            return summary(title, logins);
        } finally {
            programs.shutdownNow();
        }
    }

    private static double login(ReadTarget readTarget) throws IOException {
        long began = System.nanoTime();
        try (ImapClient session = ImapClient.connect(readTarget)) {
            session.login(readTarget);
        }
        return (System.nanoTime() - began) / 1e9;
    }

    private static String summary(String title, List<Future<Double>> logins) throws InterruptedException {
        List<Double> seconds = new ArrayList<>();
        for (Future<Double> login : logins) {
            try {
                seconds.add(login.get());
            } catch (ExecutionException turnedAway) {
                // Counted by what is missing.
            }
        }
        Spread spread = Spread.of(seconds.stream().mapToDouble(Double::doubleValue));
        return String.format(
                Locale.ROOT,
                "| %s | %d of %d | %.1f / %.1f |%n",
                title,
                seconds.size(),
                logins.size(),
                spread.median(),
                spread.max());
    }
}
