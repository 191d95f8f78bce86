package org.therapost.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.therapost.bench.contestants.Contestant;
import org.therapost.bench.load.Load;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.load.SmtpLoad;

/**
 * What one round of one contestant came to.
 *
 * @param messagesPerSecond from the first connection until the last message could be read
 * @param cpuMillisPerMessage processor time of all processes of the contestant, user and system
 * @param memory resident octets of all its processes right after the round
 */
record Figure(double messagesPerSecond, double cpuMillisPerMessage, long memory) {

    private static final Duration PATIENCE = Duration.ofMinutes(10);

    /** Time for tidying up (queue files, the writers of PostgreSQL) to be paid by the one that caused it. */
    private static final Duration TIDYING = Duration.ofSeconds(1);

    /** Sends the load to mailboxes that hold {@code before} messages in all, and waits until all can be read. */
    static Figure measure(Contestant contestant, List<LoadTarget> envelopes, Load load, int before, String series)
            throws IOException, InterruptedException {
        Duration usedBefore = contestant.group().processorTime();
        long began = System.nanoTime();
        new SmtpLoad(series).send(envelopes, load);
        awaitFiled(contestant, before + load.messages());
        double seconds = (System.nanoTime() - began) / 1e9;
        TimeUnit.MILLISECONDS.sleep(TIDYING.toMillis());
        Duration used = contestant.group().processorTime().minus(usedBefore);
        return new Figure(
                load.messages() / seconds,
                used.toNanos() / 1e6 / load.messages(),
                contestant.group().residentMemory());
    }

    private static void awaitFiled(Contestant contestant, int wanted) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        int filed = contestant.filed();
        while (filed < wanted) {
            if (System.nanoTime() > deadline) {
                throw new IOException(contestant.name() + " filed " + filed + " of " + wanted + " messages");
            }
            TimeUnit.MILLISECONDS.sleep(20);
            filed = contestant.filed();
        }
        if (filed > wanted) {
            throw new IOException(contestant.name() + " filed " + filed + " messages where " + wanted + " were sent");
        }
    }
}
