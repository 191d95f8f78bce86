package org.therapost.storage.james.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record2;
import org.jooq.impl.DSL;
import org.therapost.storage.generated.tables.MailQueue;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.james.mail.SealedMail;
import org.therapost.storage.queue.DeliveryOrder;
import org.therapost.storage.queue.ParcelRows;

/** The rows of one queue. */
final class QueueRows {

    private static final Field<Instant> NOW = DSL.field("now()", Instant.class);
    // A tenth of a second, doubled with every attempt, up to 102 seconds.
    private static final Field<Instant> AFTER_A_PAUSE = DSL.field(
            "clock_timestamp() + power(2, least({0}, 10)) * interval '100 milliseconds'",
            Instant.class, MAIL_QUEUE.ATTEMPTS);
    private static final Condition NOT_IN_WORK = free(MAIL_QUEUE);

    private final DSLContext sql;
    private final String queue;

    /** What of a mail stands in columns. */
    record Label(String name, Optional<ParcelLabel> parcel, int priority, Duration delay) {}

    /** What of a parcel stands in columns. */
    record ParcelLabel(UUID id, UUID thread, String carriage, boolean ours, Optional<Instant> overtakesFrom) {}

    QueueRows(DSLContext sql, String queue) {
        this.sql = sql;
        this.queue = queue;
    }

    DSLContext sql() {
        return sql;
    }

    /**
     * Adds a mail.
     *
     * <p>James answers a mailet's failure by adding the mail anew and acknowledging the old one. A parcel is not added
     * twice: its row takes the new state and is withdrawn from the lease under which it failed, in one statement.
     */
    void add(UUID id, Label label, SealedMail mail, Leases leases) {
        sql.transaction(transaction -> {
            DSLContext on = transaction.dsl();
            MailQueueRecord row = row(id, label, mail);
            row.set(MAIL_QUEUE.QUEUE, queue);
            on.insertInto(MAIL_QUEUE)
                    .set(row)
                    .set(MAIL_QUEUE.NOT_BEFORE, Leases.in(label.delay()))
                    .onConflict(MAIL_QUEUE.ID)
                    .doUpdate()
                    .set(MAIL_QUEUE.QUEUE, queue)
                    .set(MAIL_QUEUE.NOT_BEFORE, AFTER_A_PAUSE)
                    .set(MAIL_QUEUE.ATTEMPTS, MAIL_QUEUE.ATTEMPTS.plus(1))
                    .setNull(MAIL_QUEUE.LEASE)
                    .setNull(MAIL_QUEUE.LEASED_UNTIL)
                    .set(MAIL_QUEUE.SIZE, mail.size())
                    .set(MAIL_QUEUE.ENVELOPE_SEALED, mail.envelope())
                    .set(MAIL_QUEUE.CONTENT_SEALED, mail.content())
                    .where(leases.rows())
                    .execute();
            ParcelRows.announce(on, queue);
        });
    }

    private static MailQueueRecord row(UUID id, Label label, SealedMail mail) {
        MailQueueRecord row = new MailQueueRecord();
        row.setId(id);
        row.setName(label.name());
        label.parcel().ifPresent(parcel -> {
            row.setThreadId(parcel.thread());
            row.setCarriage(parcel.carriage());
            row.setOurs(parcel.ours());
            parcel.overtakesFrom().ifPresent(row::setOvertakesFrom);
        });
        row.setPriority((short) label.priority());
        row.setSize(mail.size());
        row.setEnvelopeSealed(mail.envelope());
        row.setContentSealed(mail.content());
        return row;
    }

    /** Leases the next item that is due and that may leave; other consumers pass over it from now on. */
    Optional<MailQueueRecord> lease(UUID lease) {
        MailQueue next = MAIL_QUEUE.as("next");
        return sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASE, lease)
                .set(MAIL_QUEUE.LEASED_UNTIL, Leases.end())
                .set(MAIL_QUEUE.TAKES, MAIL_QUEUE.TAKES.plus(1))
                .where(MAIL_QUEUE.ID.eq(DSL.select(next.ID)
                        .from(next)
                        .where(next.QUEUE.eq(queue))
                        .and(next.NOT_BEFORE.le(NOW))
                        .and(free(next))
                        .and(DeliveryOrder.mayLeave(next))
                        .orderBy(next.PRIORITY.desc(), next.NOT_BEFORE, next.SEQUENCE)
                        .limit(1)
                        .forUpdate()
                        .skipLocked()))
                .returning()
                .fetchOptional();
    }

    /** Gives an item back, to be tried again after a pause. */
    void retry(Lease lease) {
        sql.update(MAIL_QUEUE)
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .set(MAIL_QUEUE.NOT_BEFORE, AFTER_A_PAUSE)
                .set(MAIL_QUEUE.ATTEMPTS, MAIL_QUEUE.ATTEMPTS.plus(1))
                .where(lease.row())
                .execute();
    }

    /** Gives an item back that nobody has seen. */
    void unlease(Lease lease) {
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.TAKES, MAIL_QUEUE.TAKES.minus(1))
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .where(lease.row())
                .execute();
    }

    /** Moves an item aside that does not open. */
    void setAside(Lease lease) {
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.QUEUE, ParcelRows.DAMAGED)
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .where(lease.row())
                .execute();
    }

    /** How many items there are, those in work included. */
    long size() {
        return sql.fetchCount(MAIL_QUEUE, MAIL_QUEUE.QUEUE.eq(queue));
    }

    /** Makes all due now; the order among them stays as it is. */
    int flush() {
        int flushed = sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, NOW)
                .where(MAIL_QUEUE.QUEUE.eq(queue))
                .and(MAIL_QUEUE.NOT_BEFORE.gt(NOW))
                .execute();
        ParcelRows.announce(sql, queue);
        return flushed;
    }

    /** Deletes all that is not in work. */
    int clear() {
        return sql.deleteFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.QUEUE.eq(queue))
                .and(NOT_IN_WORK)
                .execute();
    }

    /** Deletes by name what is not in work. */
    int removeNamed(String name) {
        return sql.deleteFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.QUEUE.eq(queue))
                .and(MAIL_QUEUE.NAME.eq(name))
                .and(NOT_IN_WORK)
                .execute();
    }

    /** Deletes what is not in work. */
    int remove(Collection<UUID> ids) {
        return sql.deleteFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.ID.in(ids))
                .and(MAIL_QUEUE.QUEUE.eq(queue))
                .and(NOT_IN_WORK)
                .execute();
    }

    /** Ids and sealed envelopes of what is not in work, in the order of delivery. */
    List<Record2<UUID, byte[]>> envelopes() {
        return sql.select(MAIL_QUEUE.ID, MAIL_QUEUE.ENVELOPE_SEALED)
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.QUEUE.eq(queue))
                .and(NOT_IN_WORK)
                .orderBy(MAIL_QUEUE.PRIORITY.desc(), MAIL_QUEUE.NOT_BEFORE, MAIL_QUEUE.SEQUENCE)
                .fetch();
    }

    /** One item, whoever may hold it. */
    Optional<MailQueueRecord> find(UUID id) {
        return sql.selectFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.ID.eq(id))
                .and(MAIL_QUEUE.QUEUE.eq(queue))
                .fetchOptional();
    }

    private static Condition free(MailQueue rows) {
        return rows.LEASE.isNull().or(rows.LEASED_UNTIL.le(NOW));
    }
}
