package org.therapost.server.health;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.james.core.healthcheck.HealthCheck;
import org.apache.james.core.healthcheck.Result;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.journeys.TellChangedRows;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.server.spool.Spool;
import org.therapost.storage.postgres.Database;
import reactor.core.publisher.Mono;

/** Asks all checks every other second, and brings a dead spool back to life. */
public final class HealthWatch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(HealthWatch.class);
    private static final Duration EVERY = Duration.ofSeconds(2);
    private static final Duration CLOSING = Duration.ofSeconds(10);
    private static final Duration STALE = Duration.ofSeconds(30);

    private final DatabaseProbe probe;
    private final Spool spool;
    private final TellChangedRows tellChangedRows;
    private final List<HealthCheck> checks;
    private final Thread thread = new Thread(this::watch, "health-watch");
    private final CountDownLatch closed = new CountDownLatch(1);
    private boolean spoolWasDead;
    private volatile List<Result> results = List.of();
    private volatile long lookedAt = System.nanoTime();

    public HealthWatch(
            DatabaseProbe probe,
            Database database,
            Spool spool,
            TellChangedRows tellChangedRows,
            Path dataFolder,
            HealthSettings settings,
            PublicSuffixes suffixes,
            Clock clock) {
        this.probe = probe;
        this.spool = spool;
        this.tellChangedRows = tellChangedRows;
        this.checks = List.of(
                new DatabaseHealth(probe),
                new ClockHealth(probe),
                new PoolHealth(database::pool),
                new DiskHealth(dataFolder, settings.diskMinimum()),
                new SpoolHealth(probe, spool, settings.queueStuckAfter(), settings.queueLimit()),
                new SuffixListHealth(suffixes.date(), clock),
                new ReachHealth(probe),
                new RecordHealth(probe, database::unremembered));
    }

    /** Looks once, and from now on by itself. */
    public void start() {
        look();
        thread.setDaemon(true);
        thread.start();
    }

    private void watch() {
        try {
            while (!closed.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                look();
            }
        } catch (InterruptedException stop) {
            closed.countDown();
        }
    }

    private void look() {
        try {
            probe.look();
            List<Result> now = new ArrayList<>();
            for (HealthCheck check : checks) {
                now.add(Mono.from(check.check())
                        .onErrorResume(broken -> Mono.just(Result.unhealthy(
                                check.componentName(), broken.getClass().getSimpleName())))
                        .blockOptional()
                        .orElseGet(() -> Result.unhealthy(check.componentName(), "no answer")));
            }
            tellChanges(now);
            results = List.copyOf(now);
            lookedAt = System.nanoTime();
            reviveSpool();
            tellOfDamaged();
            tellOfChangedRows();
        } catch (RuntimeException bug) {
            // Without a look readiness runs out by itself.
            LOG.error("the health checks could not be run", bug);
        }
    }

    /** Only when it was dead at the last look, too: it may just be about to begin. */
    private void reviveSpool() {
        boolean dead = !spool.alive();
        if (dead && spoolWasDead) {
            spool.revive();
        }
        spoolWasDead = dead;
    }

    /** Whoever moved them aside, and also if that process died then. */
    private void tellOfDamaged() {
        if (SpoolHealth.damaged(probe.sight()) > 0 && !spool.tellOfDamaged()) {
            LOG.warn("health: not every therapist of a damaged parcel could be told yet");
        }
    }

    /** Whichever process found them. */
    private void tellOfChangedRows() {
        if (probe.sight().counts().wrong() == 0) {
            return;
        }
        try {
            if (tellChangedRows.tell() > 0) {
                LOG.warn("health: not every therapist of a changed row could be told yet");
            }
        } catch (CannotTellException away) {
            LOG.debug("health: no therapist could be told of changed rows now", away);
        }
    }

    private void tellChanges(List<Result> now) {
        Set<String> before = troubles(results);
        for (Result result : now) {
            String name = result.getComponentName().getName();
            if (!result.isHealthy() && !before.contains(name)) {
                LOG.warn("health: {}: {}", name, result.getCause().orElse(""));
            } else if (result.isHealthy() && before.contains(name)) {
                LOG.warn("health: {}: healthy again", name);
            }
        }
    }

    private static Set<String> troubles(List<Result> results) {
        return results.stream()
                .filter(result -> !result.isHealthy())
                .map(result -> result.getComponentName().getName())
                .collect(Collectors.toSet());
    }

    /** Whether mail can be taken and read now. */
    public boolean ready() {
        return fresh() && results.stream().noneMatch(Result::isUnHealthy);
    }

    private boolean fresh() {
        return System.nanoTime() - lookedAt < STALE.toNanos();
    }

    /** What every check said last. */
    public List<Finding> findings() {
        List<Finding> all = results.stream()
                .map(result -> new Finding(
                        result.getComponentName().getName(),
                        result.getStatus().getValue(),
                        result.getCause().orElse("")))
                .collect(Collectors.toCollection(ArrayList::new));
        Optional.of(new Finding("watch", "unhealthy", "nobody has looked for a while"))
                .filter(finding -> !fresh())
                .ifPresent(all::add);
        return all;
    }

    /**
     * What a check said.
     *
     * @param status {@code healthy}, {@code degraded} or {@code unhealthy}
     */
    public record Finding(String part, String status, String cause) {}

    @Override
    public void close() {
        closed.countDown();
        try {
            // It must not bring back what is closed next.
            thread.join(CLOSING.toMillis());
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        probe.close();
    }
}
