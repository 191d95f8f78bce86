package org.therapost.storage.record;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.notExists;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.jooq.Condition;
import org.jooq.Cursor;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.ChainStart;
import org.therapost.domain.record.ChainWalk;
import org.therapost.domain.record.ChainWalk.Entry;
import org.therapost.domain.record.ChainWalk.Found;
import org.therapost.domain.record.ChainWalk.Tombstone;
import org.therapost.domain.record.RecordFault;
import org.therapost.domain.record.RecordFinding;
import org.therapost.domain.record.RecordReport;
import org.therapost.domain.record.RecordTags;
import org.therapost.domain.record.RecordedMessage;
import org.therapost.domain.record.RecordedMessage.Digests;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * Compares the record with its chains, every message of it. Each thread is read in one snapshot, so that mail may be filed
 * meanwhile. What it finds is remembered as wrong rows, and what is right again is forgotten.
 */
public final class RecordVerification {

    private static final int AT_A_TIME = 500;
    private static final Field<byte[]> HEADER = field("sha256({0})", byte[].class, MESSAGE.HEADER_PACKET);
    private static final Field<byte[]> DATA = field("sha256({0})", byte[].class, MESSAGE.DATA_PACKET);

    private final Database database;
    private final RecordTags tags;

    public RecordVerification(Database database, ServerKey serverKey) {
        this.database = database;
        this.tags = new RecordTags(serverKey);
    }

    /** How many messages there are to compare. */
    public long messages(Optional<ThreadId> only) throws CannotTellException {
        return database.ask(on -> (long) on.fetchCount(
                MESSAGE,
                only.map(thread -> MESSAGE.THREAD_ID.eq(thread.value())).orElseGet(DSL::noCondition)));
    }

    /**
     * Verifies the record.
     *
     * @param only the one thread to look at; empty for all, and for what is in no thread
     * @param progress hears how many messages were compared
     * @throws CannotTellException if the database did not answer
     */
    public RecordReport verify(Optional<ThreadId> only, LongConsumer progress) throws CannotTellException {
        boolean chained = database.ask(on -> RecordChaining.doneAt(on).isPresent());
        Tally tally = new Tally(progress);
        List<UUID> threads = only.isPresent()
                ? List.of(only.get().value())
                : database.ask(on ->
                        on.select(THREAD.ID).from(THREAD).orderBy(THREAD.ID).fetch(THREAD.ID));
        for (UUID thread : threads) {
            snapshot(on -> verify(on, new ThreadId(thread), chained, tally));
        }
        if (only.isEmpty()) {
            snapshot(on -> verifyOutsideOfThreads(on, chained, tally));
        }
        remember(only, tally.findings);
        return new RecordReport(
                threads.size(), tally.messages, tally.tombstones, Optional.ofNullable(tally.chainedAt), tally.findings);
    }

    private static final class Tally {
        private final LongConsumer progress;
        private final List<RecordFinding> findings = new ArrayList<>();
        private long messages;
        private long tombstones;
        private @Nullable Instant chainedAt;

        Tally(LongConsumer progress) {
            this.progress = progress;
        }

        void compared(int more) {
            messages += more;
            progress.accept(messages);
        }
    }

    private interface Look {
        void at(DSLContext on);
    }

    private void snapshot(Look look) throws CannotTellException {
        database.transact(on -> {
            on.execute("set transaction isolation level repeatable read, read only");
            look.at(on);
            return look;
        });
    }

    private void verify(DSLContext on, ThreadId thread, boolean chained, Tally tally) {
        Optional<? extends Record> head = on.selectFrom(RECORD_HEAD)
                .where(RECORD_HEAD.THREAD_ID.eq(thread.value()))
                .fetchOptional();
        if (head.isEmpty() && !chained) {
            return;
        }
        ChainStart start = head.map(row -> new ChainStart(
                        Optional.ofNullable(row.get(RECORD_HEAD.BEGUN_AT)), row.get(RECORD_HEAD.BEGUN_WITH)))
                .orElse(ChainStart.FROM_THE_FIRST);
        start.at()
                .filter(at -> tally.chainedAt == null || at.isBefore(tally.chainedAt))
                .ifPresent(at -> tally.chainedAt = at);
        ChainWalk walk = new ChainWalk(tags, thread, start);
        try (Cursor<Record> rows = on.select(RECORD_ENTRY.fields())
                .select(MESSAGE.ID, MESSAGE.THREAD_ID, MESSAGE.DIRECTION, MESSAGE.ACCEPTED_AT, HEADER, DATA)
                .from(RECORD_ENTRY)
                .leftJoin(MESSAGE)
                .on(MESSAGE.ID.eq(RECORD_ENTRY.MESSAGE_ID), RECORD_ENTRY.ERASED_AT.isNull())
                .where(RECORD_ENTRY.THREAD_ID.eq(thread.value()))
                .orderBy(RECORD_ENTRY.NUMBER)
                .fetchSize(AT_A_TIME)
                .fetchLazy()) {
            while (rows.hasNext()) {
                List<Record> some = rows.fetchNext(AT_A_TIME);
                some.forEach(row -> {
                    walk.next(entry(row));
                    tally.tombstones += row.get(RECORD_ENTRY.ERASED_AT) == null ? 0 : 1;
                });
                tally.compared((int)
                        some.stream().filter(row -> row.get(MESSAGE.ID) != null).count());
            }
        }
        if (head.isPresent()) {
            tally.findings.addAll(
                    walk.end(head.get().get(RECORD_HEAD.NUMBER), head.get().get(RECORD_HEAD.TAG)));
        } else {
            tally.findings.addAll(walk.end(walk.number(), new byte[0]).stream()
                    .filter(finding -> finding.fault() != RecordFault.END_CHANGED)
                    .toList());
            tally.findings.add(new RecordFinding(
                    Optional.of(thread), Optional.empty(), Optional.empty(), RecordFault.HEAD_MISSING));
        }
        on.select(MESSAGE.ID)
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.eq(thread.value()))
                .and(notExists(selectOne()
                        .from(RECORD_ENTRY)
                        .where(RECORD_ENTRY.MESSAGE_ID.eq(MESSAGE.ID), RECORD_ENTRY.ERASED_AT.isNull())
                        .and(RECORD_ENTRY.THREAD_ID.eq(MESSAGE.THREAD_ID))))
                .orderBy(MESSAGE.ACCEPTED_AT, MESSAGE.ID)
                .fetch(MESSAGE.ID)
                .forEach(stranger -> tally.findings.add(new RecordFinding(
                        Optional.of(thread), Optional.empty(), Optional.of(stranger), RecordFault.NOT_IN_CHAIN)));
    }

    private static Entry entry(Record row) {
        return new Entry(
                row.get(RECORD_ENTRY.NUMBER),
                row.get(RECORD_ENTRY.MESSAGE_ID),
                row.get(RECORD_ENTRY.TAG),
                new Digests(row.get(RECORD_ENTRY.HEADER_DIGEST), row.get(RECORD_ENTRY.DATA_DIGEST)),
                Optional.ofNullable(row.get(RECORD_ENTRY.ERASED_AT))
                        .map(at -> new Tombstone(at, row.get(RECORD_ENTRY.ERASURE), row.get(RECORD_ENTRY.ERASURE_TAG))),
                Optional.ofNullable(row.get(MESSAGE.ID)).map(id -> found(row, id)));
    }

    private static Found found(Record row, UUID id) {
        UUID thread = row.get(MESSAGE.THREAD_ID);
        return new Found(
                thread == null ? null : new ThreadId(thread),
                new RecordedMessage(
                        id,
                        row.get(MESSAGE.DIRECTION),
                        row.get(MESSAGE.ACCEPTED_AT),
                        new Digests(row.get(HEADER), row.get(DATA))));
    }

    private void verifyOutsideOfThreads(DSLContext on, boolean chained, Tally tally) {
        Condition alone = MESSAGE.THREAD_ID.isNull();
        try (Cursor<Record> rows = on.select(RECORD_ENTRY.fields())
                .select(MESSAGE.ID, MESSAGE.DIRECTION, HEADER, DATA)
                .from(MESSAGE)
                .leftJoin(RECORD_ENTRY)
                .on(RECORD_ENTRY.MESSAGE_ID.eq(MESSAGE.ID), RECORD_ENTRY.ERASED_AT.isNull())
                .where(alone)
                .fetchSize(AT_A_TIME)
                .fetchLazy()) {
            while (rows.hasNext()) {
                List<Record> some = rows.fetchNext(AT_A_TIME);
                some.forEach(row -> fault(row, chained)
                        .ifPresent(fault -> tally.findings.add(new RecordFinding(
                                Optional.empty(), Optional.empty(), Optional.of(row.get(MESSAGE.ID)), fault))));
                tally.compared(some.size());
            }
        }
    }

    private Optional<RecordFault> fault(Record row, boolean chained) {
        byte @Nullable [] tag = row.get(RECORD_ENTRY.TAG);
        if (tag == null) {
            return chained ? Optional.of(RecordFault.NOT_IN_CHAIN) : Optional.empty();
        }
        if (row.get(RECORD_ENTRY.THREAD_ID) != null) {
            return Optional.of(RecordFault.MOVED);
        }
        if (!Arrays.equals(row.get(DATA), row.get(RECORD_ENTRY.DATA_DIGEST))) {
            return Optional.of(RecordFault.CONTENT_CHANGED);
        }
        if (!Arrays.equals(row.get(HEADER), row.get(RECORD_ENTRY.HEADER_DIGEST))) {
            return Optional.of(RecordFault.HEADER_CHANGED);
        }
        Digests digests = new Digests(row.get(HEADER), row.get(DATA));
        return RecordTags.same(tags.alone(row.get(MESSAGE.ID), row.get(MESSAGE.DIRECTION), digests), tag)
                ? Optional.empty()
                : Optional.of(RecordFault.PLACE_CHANGED);
    }

    private void remember(Optional<ThreadId> only, List<RecordFinding> findings) throws CannotTellException {
        List<WrongRow> wrong =
                findings.stream().map(RecordVerification::wrongRow).toList();
        database.transact(on -> {
            Condition looked =
                    WRONG_ROW.TABLE_NAME.in(MESSAGE.getName(), RECORD_ENTRY.getName(), RECORD_HEAD.getName());
            List<WrongRow> before = WrongRows.all(
                    on,
                    only.map(thread -> looked.and(WRONG_ROW.THREAD_ID.eq(thread.value())))
                            .orElse(looked));
            before.stream().filter(row -> !wrong.contains(row)).forEach(row -> WrongRows.forget(on, row));
            wrong.forEach(row -> WrongRows.report(on, row));
            return wrong;
        });
    }

    private static WrongRow wrongRow(RecordFinding finding) {
        String thread = finding.thread().map(id -> id.value().toString()).orElse("-");
        return finding.message().isPresent()
                ? new WrongRow(
                        MESSAGE.getName(),
                        finding.message().get().toString(),
                        finding.fault().name(),
                        finding.thread(),
                        finding.number())
                : new WrongRow(
                        finding.number().isPresent() ? RECORD_ENTRY.getName() : RECORD_HEAD.getName(),
                        finding.number().map(number -> thread + " " + number).orElse(thread),
                        finding.fault().name(),
                        finding.thread(),
                        finding.number());
    }
}
