package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.SESSION_INSTANCE;
import static org.therapost.storage.generated.Tables.SESSION_SERIES;

import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.Revision;
import org.therapost.domain.sessions.Series;
import org.therapost.domain.sessions.WallClocks;
import org.therapost.storage.generated.tables.records.SessionInstanceRecord;
import org.therapost.storage.generated.tables.records.SessionSeriesRecord;

/** Rows of calendar events and of their moved instances. */
final class SeriesRows {

    private final WallClocks clocks;

    SeriesRows(WallClocks clocks) {
        this.clocks = clocks;
    }

    List<Series> read(DSLContext on, ThreadId thread) {
        Map<String, Map<LocalDateTime, Series.Instance>> moved = new HashMap<>();
        on.selectFrom(SESSION_INSTANCE)
                .where(SESSION_INSTANCE.THREAD_ID.eq(thread.value()))
                .forEach(row -> moved.computeIfAbsent(row.getUid(), uid -> new HashMap<>())
                        .put(row.getRecurrenceId(), instance(row)));
        return on.selectFrom(SESSION_SERIES)
                .where(SESSION_SERIES.THREAD_ID.eq(thread.value()))
                .orderBy(SESSION_SERIES.START, SESSION_SERIES.UID)
                .fetch(row -> series(row, moved.getOrDefault(row.getUid(), Map.of())));
    }

    private Series series(SessionSeriesRecord row, Map<LocalDateTime, Series.Instance> moved) {
        return new Series(
                row.getUid(),
                new Revision(row.getSequence(), row.getStamp()),
                row.getStart(),
                clocks.of(row.getZone(), Optional.ofNullable(row.getZoneDefinition())),
                Duration.ofSeconds(row.getLengthSeconds()),
                Optional.ofNullable(row.getRule()),
                Set.of(row.getAdded()),
                Set.of(row.getExcluded()),
                moved,
                row.getFloating());
    }

    private Series.Instance instance(SessionInstanceRecord row) {
        return new Series.Instance(
                row.getStart(),
                clocks.of(row.getZone(), Optional.ofNullable(row.getZoneDefinition())),
                Duration.ofSeconds(row.getLengthSeconds()),
                new Revision(row.getSequence(), row.getStamp()));
    }

    void write(DSLContext tx, ThreadId thread, List<Series> before, List<Series> next) {
        before.stream().filter(one -> !next.contains(one)).forEach(gone -> tx.deleteFrom(SESSION_SERIES)
                .where(SESSION_SERIES.THREAD_ID.eq(thread.value()), SESSION_SERIES.UID.eq(gone.uid()))
                .execute());
        next.stream().filter(one -> !before.contains(one)).forEach(fresh -> insert(tx, thread, fresh));
    }

    private static void insert(DSLContext tx, ThreadId thread, Series series) {
        tx.insertInto(SESSION_SERIES)
                .set(SESSION_SERIES.THREAD_ID, thread.value())
                .set(SESSION_SERIES.UID, series.uid())
                .set(SESSION_SERIES.SEQUENCE, series.revision().sequence())
                .set(SESSION_SERIES.STAMP, series.revision().stamp())
                .set(SESSION_SERIES.START, series.start())
                .set(SESSION_SERIES.ZONE, series.zone().name())
                .set(SESSION_SERIES.ZONE_DEFINITION, series.zone().definition().orElse(null))
                .set(SESSION_SERIES.LENGTH_SECONDS, series.length().toSeconds())
                .set(SESSION_SERIES.RULE, series.rule().orElse(null))
                .set(SESSION_SERIES.ADDED, sorted(series.added()))
                .set(SESSION_SERIES.EXCLUDED, sorted(series.excluded()))
                .set(SESSION_SERIES.FLOATING, series.floating())
                .execute();
        series.moved().forEach((original, instance) -> tx.insertInto(SESSION_INSTANCE)
                .set(SESSION_INSTANCE.THREAD_ID, thread.value())
                .set(SESSION_INSTANCE.UID, series.uid())
                .set(SESSION_INSTANCE.RECURRENCE_ID, original)
                .set(SESSION_INSTANCE.SEQUENCE, instance.revision().sequence())
                .set(SESSION_INSTANCE.STAMP, instance.revision().stamp())
                .set(SESSION_INSTANCE.START, instance.start())
                .set(SESSION_INSTANCE.ZONE, instance.zone().name())
                .set(
                        SESSION_INSTANCE.ZONE_DEFINITION,
                        instance.zone().definition().orElse(null))
                .set(SESSION_INSTANCE.LENGTH_SECONDS, instance.length().toSeconds())
                .execute());
    }

    private static LocalDateTime[] sorted(Set<LocalDateTime> times) {
        return times.stream().sorted().toArray(LocalDateTime[]::new);
    }
}
