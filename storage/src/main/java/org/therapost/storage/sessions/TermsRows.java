package org.therapost.storage.sessions;

import static org.therapost.storage.generated.Tables.SESSION_TERMS;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jooq.DSLContext;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Terms.CycleTerms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.generated.tables.records.SessionTermsRecord;

/** Rows of the terms of threads, in the order in which they were agreed. */
final class TermsRows {

    private final ColumnValues columnValues;

    TermsRows(ColumnValues columnValues) {
        this.columnValues = columnValues;
    }

    List<Terms> read(DSLContext on, ThreadId thread) {
        return on.selectFrom(SESSION_TERMS)
                .where(SESSION_TERMS.THREAD_ID.eq(thread.value()))
                .orderBy(SESSION_TERMS.ORDINAL)
                .fetch(this::terms);
    }

    void write(DSLContext tx, ThreadId thread, List<Terms> all) {
        tx.deleteFrom(SESSION_TERMS)
                .where(SESSION_TERMS.THREAD_ID.eq(thread.value()))
                .execute();
        for (int i = 0; i < all.size(); i++) {
            tx.insertInto(SESSION_TERMS).set(row(thread, i, all.get(i))).execute();
        }
    }

    private Terms terms(SessionTermsRecord row) {
        return new Terms(
                row.getSince(),
                ColumnValues.constant(ThreadMode.class, row.getMode()),
                ZoneId.of(row.getZone()),
                new Terms.OutsideMail(
                        ColumnValues.constant(OutsideMailPolicy.class, row.getPolicy()),
                        Duration.ofSeconds(row.getMaxHoldSeconds()),
                        columnValues.open(
                                row.getUrgentWordSealed(),
                                SealedColumns.URGENT_WORD,
                                row.getThreadId(),
                                row.getOrdinal())),
                new Terms.WindowRules(
                        Duration.ofSeconds(row.getLengthSeconds()),
                        Duration.ofSeconds(row.getLatenessSeconds()),
                        Duration.ofSeconds(row.getGraceSeconds()),
                        columnValues.open(
                                row.getBackUpPlanSealed(),
                                SealedColumns.BACK_UP_PLAN,
                                row.getThreadId(),
                                row.getOrdinal()),
                        ColumnValues.constant(HoursSummary.class, row.getHoursSummary())),
                cycle(row));
    }

    private static Optional<CycleTerms> cycle(SessionTermsRecord row) {
        if (row.getCutOffDay() == null) {
            return Optional.empty();
        }
        Set<DayOfWeek> days = EnumSet.noneOf(DayOfWeek.class);
        Arrays.stream(row.getWorkingDays()).forEach(day -> days.add(DayOfWeek.of(day)));
        return Optional.of(new CycleTerms(
                new Terms.CutOff(DayOfWeek.of(row.getCutOffDay()), row.getCutOffTime()),
                row.getReplyWithin(),
                row.getReplyTime(),
                days,
                Set.of(row.getHolidays()),
                row.getWordLimit() == null ? OptionalInt.empty() : OptionalInt.of(row.getWordLimit())));
    }

    private SessionTermsRecord row(ThreadId thread, int ordinal, Terms terms) {
        SessionTermsRecord row = new SessionTermsRecord();
        row.setThreadId(thread.value());
        row.setOrdinal(ordinal);
        row.setSince(terms.since());
        row.setMode(ColumnValues.text(terms.mode()));
        row.setPolicy(ColumnValues.text(terms.policy()));
        row.setZone(terms.zone().getId());
        row.setLengthSeconds(terms.length().toSeconds());
        row.setLatenessSeconds(terms.lateness().toSeconds());
        row.setGraceSeconds(terms.grace().toSeconds());
        row.setMaxHoldSeconds(terms.maxHold().toSeconds());
        row.setUrgentWordSealed(
                columnValues.seal(terms.urgentWord(), SealedColumns.URGENT_WORD, thread.value(), ordinal));
        row.setBackUpPlanSealed(
                columnValues.seal(terms.backUpPlan(), SealedColumns.BACK_UP_PLAN, thread.value(), ordinal));
        row.setHoursSummary(ColumnValues.text(terms.hoursSummary()));
        terms.cycle().ifPresent(cycle -> put(row, cycle));
        return row;
    }

    private static void put(SessionTermsRecord row, CycleTerms cycle) {
        row.setCutOffDay((short) cycle.cutOff().day().getValue());
        row.setCutOffTime(cycle.cutOff().time());
        row.setReplyWithin(cycle.replyWithin());
        row.setReplyTime(cycle.replyTime());
        row.setWorkingDays(cycle.workingDays().stream()
                .map(day -> (short) day.getValue())
                .sorted()
                .toArray(Short[]::new));
        row.setHolidays(cycle.holidays().stream().sorted().toArray(LocalDate[]::new));
        cycle.wordLimit().ifPresent(row::setWordLimit);
    }
}
