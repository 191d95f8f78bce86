package org.therapost.storage.record;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.min;
import static org.therapost.storage.generated.Tables.CHECKPOINT;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.THREAD;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.Checkpoint;
import org.therapost.domain.record.CheckpointFile;
import org.therapost.domain.record.CheckpointHead;
import org.therapost.domain.record.Checkpoints;
import org.therapost.domain.record.RecordTags;
import org.therapost.storage.generated.tables.records.CheckpointRecord;
import org.therapost.storage.postgres.Database;

/** Checkpoints in PostgreSQL and in a file outside of it. */
public final class JooqCheckpoints implements Checkpoints {

    private static final Field<Instant> CLOCK = field("clock_timestamp()", Instant.class);

    private final Database database;
    private final CheckpointFile file;

    public JooqCheckpoints(Database database, CheckpointFile file) {
        this.database = database;
        this.file = file;
    }

    @Override
    public Optional<Checkpoint> due(TherapistId therapist, String fingerprint, Duration apart)
            throws CannotTellException {
        return database.transact(tx -> {
            Instant now = tx.select(CLOCK).fetchSingle(CLOCK).truncatedTo(ChronoUnit.MICROS);
            Optional<CheckpointRecord> last = tx.selectFrom(CHECKPOINT)
                    .where(CHECKPOINT.THERAPIST_ID.eq(therapist.value()))
                    // Whoever dates one into the future does not keep the next one from being made.
                    .and(CHECKPOINT.MADE_AT.le(now))
                    .orderBy(CHECKPOINT.MADE_AT.desc())
                    .limit(1)
                    .fetchOptional();
            if (last.isPresent() && last.get().getMadeAt().plus(apart).isAfter(now)) {
                return Optional.empty();
            }
            Checkpoint checkpoint = new Checkpoint(
                    therapist,
                    fingerprint,
                    now,
                    last.map(row -> Checkpoint.before(row.getSigned())).orElse(Checkpoint.FIRST),
                    heads(tx, therapist));
            return Optional.of(checkpoint)
                    .filter(some -> some.messages() > 0)
                    .filter(some ->
                            last.isEmpty() || !RecordTags.same(last.get().getHeads(), some.digestOfHeads()));
        });
    }

    private static List<CheckpointHead> heads(DSLContext tx, TherapistId therapist) {
        return tx.select(RECORD_HEAD.THREAD_ID, RECORD_HEAD.NUMBER, RECORD_HEAD.TAG)
                .from(RECORD_HEAD)
                .join(THREAD)
                .on(THREAD.ID.eq(RECORD_HEAD.THREAD_ID))
                .where(THREAD.THERAPIST_ID.eq(therapist.value()))
                .orderBy(RECORD_HEAD.THREAD_ID)
                .fetch(row -> new CheckpointHead(new ThreadId(row.value1()), row.value2(), row.value3()));
    }

    @Override
    public void keep(Checkpoint checkpoint, String signed) throws CannotTellException {
        try {
            file.append(signed);
        } catch (IOException unwritable) {
            throw new CannotTellException("a checkpoint could not be written to its file", unwritable);
        }
        database.ask(on -> on.insertInto(CHECKPOINT)
                .set(CHECKPOINT.THERAPIST_ID, checkpoint.therapist().value())
                .set(CHECKPOINT.MADE_AT, checkpoint.madeAt())
                .set(CHECKPOINT.HEADS, checkpoint.digestOfHeads())
                .set(CHECKPOINT.SIGNED, signed)
                .onConflictDoNothing()
                .execute());
    }

    @Override
    public boolean isNoteDue(TherapistId therapist, Duration apart) throws CannotTellException {
        return database.ask(on -> on.select(
                        coalesce(
                                max(CHECKPOINT.NOTED_AT).filterWhere(CHECKPOINT.NOTED_AT.le(CLOCK)),
                                min(CHECKPOINT.MADE_AT)),
                        CLOCK)
                .from(CHECKPOINT)
                .where(CHECKPOINT.THERAPIST_ID.eq(therapist.value()))
                .fetchSingle(
                        row -> row.value1() != null && row.value1().plus(apart).isBefore(row.value2())));
    }

    @Override
    public void noted(Checkpoint checkpoint) throws CannotTellException {
        database.ask(on -> on.update(CHECKPOINT)
                .set(CHECKPOINT.NOTED_AT, CLOCK)
                .where(
                        CHECKPOINT.THERAPIST_ID.eq(checkpoint.therapist().value()),
                        CHECKPOINT.MADE_AT.eq(checkpoint.madeAt()))
                .execute());
    }
}
