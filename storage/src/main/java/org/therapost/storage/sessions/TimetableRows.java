package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.TIMETABLE;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClocks;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Timetable.NoticeLog;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.TimetableRecord;

/** Rows that are a thread's timetable. Whoever writes holds the lock of its row in {@code timetable}. */
final class TimetableRows {

    private final ColumnValues columnValues;
    private final TermsRows terms;
    private final SeriesRows series;
    private final WindowRows windows;
    private final AnswerRows answers;
    private final LetterRows letters;

    TimetableRows(ServerKey serverKey, WallClocks clocks) {
        this.columnValues = new ColumnValues(serverKey);
        this.terms = new TermsRows(columnValues);
        this.series = new SeriesRows(columnValues, clocks);
        this.windows = new WindowRows(columnValues);
        this.answers = new AnswerRows(columnValues);
        this.letters = new LetterRows(columnValues);
    }

    LetterRows letters() {
        return letters;
    }

    /** A timetable as it is stored, and what storage alone knows of it. */
    record Stored(Timetable timetable, long wakes, Optional<MessageId> holdingNote) {}

    Optional<Stored> find(DSLContext on, ThreadId thread) {
        return on.selectFrom(TIMETABLE)
                .where(TIMETABLE.THREAD_ID.eq(thread.value()))
                .fetchOptional(row -> read(on, thread, row, false));
    }

    /** Finds a timetable and locks it until the transaction ends. */
    Optional<Stored> lock(DSLContext tx, ThreadId thread) {
        return tx.selectFrom(TIMETABLE)
                .where(TIMETABLE.THREAD_ID.eq(thread.value()))
                .forUpdate()
                .fetchOptional(row -> read(tx, thread, row, true));
    }

    /**
     * Makes a row for a thread that has none.
     *
     * @return whether it was made; if not, somebody else was quicker
     */
    boolean make(DSLContext tx, Timetable initial) {
        int made = tx.insertInto(TIMETABLE)
                .set(values(initial))
                .onConflictDoNothing()
                .execute();
        if (made == 1) {
            terms.write(tx, initial.thread(), initial.terms());
        }
        return made == 1;
    }

    /** Forgets a timetable in which nothing was agreed. */
    void forget(DSLContext tx, ThreadId thread) {
        tx.deleteFrom(TIMETABLE).where(TIMETABLE.THREAD_ID.eq(thread.value())).execute();
    }

    private Stored read(DSLContext on, ThreadId thread, TimetableRecord row, boolean locked) {
        ColumnValues.Uids uids = columnValues.uids();
        List<Series> events = series.read(on, thread, uids);
        Timetable timetable = new Timetable(
                thread,
                new Timetable.Agreement(
                        terms.read(on, thread),
                        new ClientSettings(
                                ZoneId.of(row.getClientZone()),
                                Locale.forLanguageTag(row.getClientLanguage()),
                                ColumnValues.constant(ClientSettings.Crisis.class, row.getCrisis()),
                                columnValues.open(
                                        row.getCrisisTextSealed(), SealedColumns.CRISIS_TEXT, row.getThreadId()))),
                new Timetable.Calendar(
                        events,
                        windows.read(on, thread, uids),
                        answers.read(on, thread, uids),
                        Optional.ofNullable(row.getPlannedTo())),
                new Timetable.Told(
                        HeldRows.read(on, thread),
                        new NoticeLog(
                                new Timetable.ClosedPeriod(
                                        Optional.ofNullable(row.getNoticePeriod()),
                                        Optional.ofNullable(row.getNoticeSentAt()),
                                        Optional.ofNullable(row.getNoticeNextOpen()),
                                        Optional.ofNullable(row.getNoticeOwed()),
                                        row.getNoticeTimeMails()),
                                Optional.ofNullable(row.getNoticeHintedAt()),
                                Optional.ofNullable(row.getNoticeUnprovedAt()),
                                Optional.ofNullable(row.getNoticeClocks()),
                                Optional.ofNullable(row.getNoticeSummedUp()))),
                cycle(row),
                SurroundingsQuery.of(on, thread, letters.onTheirWay(on, thread, events, locked)));
        return new Stored(
                timetable,
                row.getWakes(),
                Optional.ofNullable(row.getHoldingNote()).map(MessageId::new));
    }

    private Optional<Cycle> cycle(TimetableRecord row) {
        if (row.getCycleState() == null) {
            return Optional.empty();
        }
        Optional<Cycle.Next> next = Optional.ofNullable(row.getCycleNextCutOff())
                .map(cutOff -> new Cycle.Next(
                        cutOff,
                        row.getCycleNextReplyBy(),
                        new Cycle.Progress(
                                MilestoneColumn.read(row.getCycleNextTold()),
                                columnValues.openCount(
                                        row.getCycleNextWordsSealed(),
                                        SealedColumns.NEXT_CYCLE_WORDS,
                                        row.getThreadId()))));
        return Optional.of(new Cycle(
                ColumnValues.constant(Cycle.State.class, row.getCycleState()),
                Optional.ofNullable(row.getCycleLastClientMail()),
                new Cycle.Dates(
                        Optional.ofNullable(row.getCycleCutOff()),
                        Optional.ofNullable(row.getCycleReplyBy()),
                        Optional.ofNullable(row.getCycleNewDate())),
                new Cycle.Progress(
                        MilestoneColumn.read(row.getCycleTold()),
                        columnValues.openCount(
                                row.getCycleWordsSealed(), SealedColumns.CYCLE_WORDS, row.getThreadId())),
                next));
    }

    /**
     * Writes what became different.
     *
     * @param note the note that says how much is held, from now on
     */
    void write(DSLContext tx, Timetable before, Timetable next, Optional<MessageId> note, Optional<Instant> wake) {
        ThreadId thread = next.thread();
        tx.update(TIMETABLE)
                .set(values(next))
                .set(TIMETABLE.HOLDING_NOTE, note.map(MessageId::value).orElse(null))
                .set(TIMETABLE.WAKE_AT, wake.orElse(null))
                .set(TIMETABLE.WAKES, TIMETABLE.WAKES.plus(1))
                .where(TIMETABLE.THREAD_ID.eq(thread.value()))
                .execute();
        if (!before.terms().equals(next.terms())) {
            terms.write(tx, thread, next.terms());
        }
        if (!before.series().equals(next.series())) {
            series.write(tx, thread, before.series(), next.series());
        }
        windows.write(tx, thread, before.windows(), next.windows());
        HeldRows.write(tx, thread, before.held(), next.held());
        if (!before.answers().equals(next.answers())) {
            answers.write(tx, thread, next.answers());
        }
    }

    private TimetableRecord values(Timetable next) {
        ClientSettings client = next.client();
        NoticeLog notices = next.notices();
        TimetableRecord row = new TimetableRecord();
        row.setThreadId(next.thread().value());
        row.setClientZone(client.zone().getId());
        row.setClientLanguage(client.language().toLanguageTag());
        row.setCrisis(ColumnValues.text(client.crisis()));
        row.setCrisisTextSealed(columnValues.seal(client.crisisText(), SealedColumns.CRISIS_TEXT, row.getThreadId()));
        row.setNoticeSentAt(notices.sentAt().orElse(null));
        row.setNoticeNextOpen(notices.nextOpen().orElse(null));
        row.setNoticePeriod(notices.period().orElse(null));
        row.setNoticeHintedAt(notices.hintedAt().orElse(null));
        row.setNoticeUnprovedAt(notices.unprovedAt().orElse(null));
        row.setNoticeClocks(notices.clocks().orElse(null));
        row.setNoticeOwed(notices.owed().orElse(null));
        row.setNoticeTimeMails(notices.timeMails());
        row.setNoticeSummedUp(notices.summedUp().orElse(null));
        row.setPlannedTo(next.plannedTo().orElse(null));
        put(row, next.cycle().orElse(null));
        return row;
    }

    private void put(TimetableRecord row, @Nullable Cycle cycle) {
        Cycle.@Nullable Next next = cycle == null ? null : cycle.next().orElse(null);
        row.setCycleState(cycle == null ? null : ColumnValues.text(cycle.state()));
        row.setCycleLastClientMail(cycle == null ? null : cycle.lastClientMail().orElse(null));
        row.setCycleCutOff(cycle == null ? null : cycle.cutOff().orElse(null));
        row.setCycleReplyBy(cycle == null ? null : cycle.replyBy().orElse(null));
        row.setCycleTold(
                cycle == null
                        ? null
                        : (Integer) MilestoneColumn.of(cycle.progress().reached()));
        row.setCycleWordsSealed(
                cycle == null
                        ? null
                        : columnValues.sealCount(
                                cycle.progress().words(), SealedColumns.CYCLE_WORDS, row.getThreadId()));
        row.setCycleNewDate(cycle == null ? null : cycle.newDate().orElse(null));
        row.setCycleNextCutOff(next == null ? null : next.cutOff());
        row.setCycleNextReplyBy(next == null ? null : next.replyBy());
        row.setCycleNextTold(
                next == null
                        ? null
                        : (Integer) MilestoneColumn.of(next.progress().reached()));
        row.setCycleNextWordsSealed(
                next == null
                        ? null
                        : columnValues.sealCount(
                                next.progress().words(), SealedColumns.NEXT_CYCLE_WORDS, row.getThreadId()));
    }
}
