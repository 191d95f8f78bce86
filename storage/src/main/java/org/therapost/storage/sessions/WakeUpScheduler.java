package org.therapost.storage.sessions;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sessions.journeys.AdvanceSessions;
import org.therapost.storage.postgres.Database;

/**
 * Wakes threads when their time has come: db-scheduler on the table that {@link JooqTimetables} writes. Several processes
 * on one database share the work. The scheduler's clock follows the database's; should it be early all the same, the step
 * finds nothing due and sets the waking again.
 */
public final class WakeUpScheduler implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WakeUpScheduler.class);
    private static final Duration LOOK = Duration.ofMillis(400);
    private static final Duration AGAIN = Duration.ofSeconds(5);
    private static final Duration BEAT = Duration.ofSeconds(10);
    private static final Duration STOPPING = Duration.ofSeconds(20);
    private static final int THREADS = 4;
    private static final int MISSED_BEATS = 4;

    private final Database database;
    private final Heartbeat heartbeat;
    private final Scheduler scheduler;

    public WakeUpScheduler(Database database, AdvanceSessions advance, Clock clock) {
        this.database = database;
        this.heartbeat = new Heartbeat(database, clock);
        this.scheduler = Scheduler.create(database.dataSource(), wake(advance))
                .startTasks(beat())
                .clock(heartbeat::now)
                .schedulerName(new SchedulerName.Fixed(UUID.randomUUID().toString()))
                .threads(THREADS)
                .pollingInterval(LOOK)
                .heartbeatInterval(AGAIN)
                .missedHeartbeatsLimit(MISSED_BEATS)
                .shutdownMaxWait(STOPPING)
                // Exceptions of the database can quote what must not be in a log.
                .failureLogging(LogLevel.WARN, false)
                .build();
    }

    private static OneTimeTask<Void> wake(AdvanceSessions advance) {
        return Tasks.oneTime(WakeUpRows.TASK)
                .onFailure(new FailureHandler.OnFailureRetryLater<>(AGAIN))
                .execute((instance, context) -> {
                    try {
                        advance.advance(WakeUpRows.thread(instance.getId()));
                    } catch (RefusedException gone) {
                        LOG.info(
                                "thread {} is not there any more",
                                WakeUpRows.thread(instance.getId()).value());
                    } catch (CannotTellException unclear) {
                        // Without its cause: db-scheduler logs what it gets.
                        throw new IllegalStateException("no answer from the database; it is tried again");
                    }
                });
    }

    /** See {@link WakeUpRows#setForArrived}. */
    static void wakeForArrived(Database database) throws CannotTellException {
        database.transact(tx -> {
            WakeUpRows.setForArrived(tx);
            return true;
        });
    }

    private RecurringTask<Void> beat() {
        return Tasks.recurring("beat", FixedDelay.of(BEAT)).execute((instance, context) -> {
            try {
                heartbeat.beat();
                wakeForArrived(database);
            } catch (CannotTellException unclear) {
                throw new IllegalStateException("no answer from the database; it is tried again");
            }
        });
    }

    /** Begins: every thread is woken once, since its time may have come while no process was there. */
    public void start() throws CannotTellException {
        heartbeat.begin();
        database.transact(tx -> {
            WakeUpRows.setAll(tx);
            return heartbeat;
        });
        scheduler.start();
    }

    /** How far the database's clock is ahead of this machine's. */
    public Duration clockOffset() {
        return heartbeat.offset();
    }

    @Override
    public void close() {
        scheduler.stop();
    }
}
