package org.therapost.server.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.queue.QueueAdministration;
import org.therapost.storage.queue.QueueFigures;

/** What is read when somebody asks. While the database is away the queues' gauges are not a number. */
public final class Gauges {

    private static final long FRESH_NANOS = 2_000_000_000L;

    private final Database database;
    private final QueueAdministration ledger;
    private Reading reading = new Reading(List.of(), Double.NaN, Double.NaN);
    private long readAt = System.nanoTime() - FRESH_NANOS;

    private record Reading(List<QueueFigures> queues, double kept, double wrong) {}

    public Gauges(MeterRegistry meters, Database database, QueueAdministration ledger, ReaderLogins readers) {
        this.database = database;
        this.ledger = ledger;
        for (String queue : List.of(ParcelRows.SPOOL, ParcelRows.WAITING, ParcelRows.DAMAGED)) {
            queue(meters, "therapost.queue.length", queue, QueueFigures::items);
            queue(meters, "therapost.queue.ready", queue, QueueFigures::ready);
            queue(meters, "therapost.queue.oldest.seconds", queue, figures -> figures.oldest()
                    .toSeconds());
        }
        Gauge.builder("therapost.queue.kept", this, gauges -> gauges.now().kept).register(meters);
        Gauge.builder("therapost.record.wrong", this, gauges -> gauges.now().wrong)
                .register(meters);
        Gauge.builder("therapost.database.connections.active", database, one -> one.pool()
                        .active())
                .register(meters);
        Gauge.builder("therapost.database.connections.idle", database, one -> one.pool()
                        .idle())
                .register(meters);
        Gauge.builder("therapost.database.connections.waiting", database, one -> one.pool()
                        .waiting())
                .register(meters);
        Gauge.builder("therapost.database.connections.most", database, one -> one.pool()
                        .most())
                .register(meters);
        Gauge.builder("therapost.readers", readers, ReaderLogins::open).register(meters);
    }

    private void queue(MeterRegistry meters, String name, String queue, ToDoubleFunction<QueueFigures> figure) {
        Gauge.builder(name, this, gauges -> gauges.figure(queue, figure))
                .tag("queue", queue)
                .register(meters);
    }

    private double figure(String queue, ToDoubleFunction<QueueFigures> figure) {
        Reading now = now();
        if (Double.isNaN(now.kept)) {
            return Double.NaN;
        }
        return now.queues.stream()
                .filter(figures -> figures.queue().equals(queue))
                .mapToDouble(figure)
                .findFirst()
                .orElse(0);
    }

    /** One look at the database for all gauges of an answer. */
    private synchronized Reading now() {
        if (System.nanoTime() - readAt >= FRESH_NANOS) {
            try {
                reading = new Reading(
                        ledger.figures(), ledger.kept(), database.ask(WrongRows::count) + database.unremembered());
            } catch (CannotTellException away) {
                reading = new Reading(List.of(), Double.NaN, Double.NaN);
            }
            readAt = System.nanoTime();
        }
        return reading;
    }
}
