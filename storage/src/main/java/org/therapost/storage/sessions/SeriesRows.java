package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.SESSION_INSTANCE;
import static org.therapost.storage.generated.Tables.SESSION_SERIES;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.LocalDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WallClocks;
import org.therapost.storage.cells.SealedColumn;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.SessionInstanceRecord;
import org.therapost.storage.generated.tables.records.SessionSeriesRecord;

/** Rows of calendar events and of their moved instances. */
final class SeriesRows {

    private final ColumnValues columnValues;
    private final WallClocks clocks;

    SeriesRows(ColumnValues columnValues, WallClocks clocks) {
        this.columnValues = columnValues;
        this.clocks = clocks;
    }

    List<Series> read(DSLContext on, ThreadId thread, ColumnValues.Uids uids) {
        Map<ByteBuffer, Map<LocalDateTime, Series.Instance>> moved = new HashMap<>();
        on.selectFrom(SESSION_INSTANCE)
                .where(SESSION_INSTANCE.THREAD_ID.eq(thread.value()))
                .forEach(row -> moved.computeIfAbsent(ByteBuffer.wrap(row.getUidMac()), uid -> new HashMap<>())
                        .put(row.getRecurrenceId(), instance(row)));
        return on.selectFrom(SESSION_SERIES)
                .where(SESSION_SERIES.THREAD_ID.eq(thread.value()))
                .orderBy(SESSION_SERIES.START, SESSION_SERIES.UID_MAC)
                .fetch(row -> series(
                        row,
                        uids.open(SealedColumns.SERIES_UID, row.getThreadId(), row.getUidMac(), row.getUidSealed()),
                        moved.getOrDefault(ByteBuffer.wrap(row.getUidMac()), Map.of())));
    }

    private Series series(SessionSeriesRecord row, String uid, Map<LocalDateTime, Series.Instance> moved) {
        return new Series(
                uid,
                new Revision(row.getSequence(), row.getStamp()),
                new Series.Pattern(
                        row.getStart(),
                        zone(
                                row.getZone(),
                                row.getZoneSealed(),
                                SealedColumns.SERIES_ZONE,
                                row.getThreadId(),
                                row.getUidMac()),
                        Duration.ofSeconds(row.getLengthSeconds()),
                        Optional.ofNullable(row.getRule()),
                        Set.of(row.getAdded()),
                        row.getFloating() ? Series.ZoneFrom.THERAPIST : Series.ZoneFrom.CALENDAR),
                Set.of(row.getExcluded()),
                moved,
                new Series.Told(Optional.ofNullable(row.getInvitedAt()), row.getAhead(), row.getWaiting()));
    }

    private Series.Instance instance(SessionInstanceRecord row) {
        return new Series.Instance(
                row.getStart(),
                zone(
                        row.getZone(),
                        row.getZoneSealed(),
                        SealedColumns.INSTANCE_ZONE,
                        row.getThreadId(),
                        row.getUidMac(),
                        row.getRecurrenceId()),
                Duration.ofSeconds(row.getLengthSeconds()),
                new Revision(row.getSequence(), row.getStamp()));
    }

    void write(DSLContext tx, ThreadId thread, List<Series> before, List<Series> next) {
        before.stream().filter(one -> !next.contains(one)).forEach(gone -> tx.deleteFrom(SESSION_SERIES)
                .where(
                        SESSION_SERIES.THREAD_ID.eq(thread.value()),
                        SESSION_SERIES.UID_MAC.eq(columnValues.mac(thread, gone.uid())))
                .execute());
        next.stream().filter(one -> !before.contains(one)).forEach(fresh -> insert(tx, thread, fresh));
    }

    private void insert(DSLContext tx, ThreadId thread, Series series) {
        byte[] mac = columnValues.mac(thread, series.uid());
        tx.insertInto(SESSION_SERIES)
                .set(SESSION_SERIES.THREAD_ID, thread.value())
                .set(SESSION_SERIES.UID_MAC, mac)
                .set(SESSION_SERIES.UID_SEALED, columnValues.sealUid(SealedColumns.SERIES_UID, thread, series.uid()))
                .set(SESSION_SERIES.SEQUENCE, series.revision().sequence())
                .set(SESSION_SERIES.STAMP, series.revision().stamp())
                .set(SESSION_SERIES.START, series.start())
                .set(SESSION_SERIES.ZONE, known(series.zone()))
                .set(SESSION_SERIES.ZONE_SEALED, sealed(series.zone(), SealedColumns.SERIES_ZONE, thread.value(), mac))
                .set(SESSION_SERIES.LENGTH_SECONDS, series.length().toSeconds())
                .set(SESSION_SERIES.RULE, series.rule().orElse(null))
                .set(SESSION_SERIES.ADDED, sorted(series.added()))
                .set(SESSION_SERIES.EXCLUDED, sorted(series.excluded()))
                .set(SESSION_SERIES.FLOATING, series.floating())
                .set(SESSION_SERIES.INVITED_AT, series.told().invitedAt().orElse(null))
                .set(SESSION_SERIES.AHEAD, series.told().ahead())
                .set(SESSION_SERIES.WAITING, series.told().waiting())
                .execute();
        series.moved().forEach((original, instance) -> tx.insertInto(SESSION_INSTANCE)
                .set(SESSION_INSTANCE.THREAD_ID, thread.value())
                .set(SESSION_INSTANCE.UID_MAC, mac)
                .set(SESSION_INSTANCE.RECURRENCE_ID, original)
                .set(SESSION_INSTANCE.SEQUENCE, instance.revision().sequence())
                .set(SESSION_INSTANCE.STAMP, instance.revision().stamp())
                .set(SESSION_INSTANCE.START, instance.start())
                .set(SESSION_INSTANCE.ZONE, known(instance.zone()))
                .set(
                        SESSION_INSTANCE.ZONE_SEALED,
                        sealed(instance.zone(), SealedColumns.INSTANCE_ZONE, thread.value(), mac, original))
                .set(SESSION_INSTANCE.LENGTH_SECONDS, instance.length().toSeconds())
                .execute());
    }

    private WallClock zone(String known, byte @Nullable [] sealed, SealedColumn column, Object... row) {
        Optional<String> defined = columnValues.open(sealed, column, row);
        if (defined.isEmpty()) {
            return clocks.of(known, Optional.empty());
        }
        // A name has one line.
        String[] nameAndDefinition = defined.get().split("\n", 2);
        return clocks.of(nameAndDefinition[0], Optional.of(nameAndDefinition[1]));
    }

    private static String known(WallClock zone) {
        return zone.definition().isPresent() ? "" : zone.name();
    }

    private byte @Nullable [] sealed(WallClock zone, SealedColumn column, Object... row) {
        return columnValues.seal(zone.definition().map(definition -> zone.name() + "\n" + definition), column, row);
    }

    private static LocalDateTime[] sorted(Set<LocalDateTime> times) {
        return times.stream().sorted().toArray(LocalDateTime[]::new);
    }
}
