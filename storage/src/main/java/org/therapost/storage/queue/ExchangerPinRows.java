package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.EXCHANGER_PIN;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MESSAGE;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;

/** Rows of pinned exchangers. Each change locks its row. */
public final class ExchangerPinRows {

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final ServerKey serverKey;

    public ExchangerPinRows(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /** Changes a thread's pin; other exchangers than before let what waits in the queue be tried now. */
    public ExchangerPin change(DSLContext transaction, ThreadId thread, ExchangerPins.Change change) {
        ExchangerPin before = lock(transaction, thread.value());
        Instant now = transaction.select(CLOCK).fetchSingle().value1();
        ExchangerPin after = change.of(before, now, lastMail(transaction, thread.value()));
        if (after.equals(before)) {
            return before;
        }
        transaction
                .insertInto(EXCHANGER_PIN)
                .set(EXCHANGER_PIN.THREAD_ID, thread.value())
                .set(EXCHANGER_PIN.STATE_SEALED, seal(thread.value(), after))
                .set(EXCHANGER_PIN.CHANGED_AT, CLOCK)
                .onConflict(EXCHANGER_PIN.THREAD_ID)
                .doUpdate()
                .set(EXCHANGER_PIN.STATE_SEALED, seal(thread.value(), after))
                .set(EXCHANGER_PIN.CHANGED_AT, CLOCK)
                .execute();
        if (before.pinned().isPresent() && !after.pinned().equals(before.pinned())) {
            tryNow(transaction, thread.value());
        }
        return after;
    }

    /** Remembers that the therapist was told of the candidate. */
    void told(DSLContext transaction, UUID thread) {
        change(transaction, new ThreadId(thread), (pin, now, lastMail) -> pin.told(now));
    }

    public static void forget(DSLContext on, ThreadId thread) {
        on.deleteFrom(EXCHANGER_PIN)
                .where(EXCHANGER_PIN.THREAD_ID.eq(thread.value()))
                .execute();
    }

    /** Threads with a consent from before there were pins. */
    public static List<ThreadId> ofEarlierConsents(DSLContext on) {
        return on.select(EXCHANGER_PIN.THREAD_ID)
                .from(EXCHANGER_PIN)
                .where(EXCHANGER_PIN.STATE_SEALED.isNull())
                .fetch(row -> new ThreadId(row.value1()));
    }

    /** All threads that have a pin. */
    public static List<ThreadId> all(DSLContext on) {
        return on.select(EXCHANGER_PIN.THREAD_ID).from(EXCHANGER_PIN).fetch(row -> new ThreadId(row.value1()));
    }

    private ExchangerPin lock(DSLContext transaction, UUID thread) {
        return transaction
                .select(EXCHANGER_PIN.STATE_SEALED)
                .from(EXCHANGER_PIN)
                .where(EXCHANGER_PIN.THREAD_ID.eq(thread))
                .forUpdate()
                .fetchOptional()
                .map(row -> row.value1() == null ? ExchangerPin.OF_EARLIER_CONSENT : open(thread, row.value1()))
                .orElse(ExchangerPin.NONE);
    }

    private static Optional<Instant> lastMail(DSLContext on, UUID thread) {
        return Optional.ofNullable(on.select(DSL.max(MESSAGE.ACCEPTED_AT))
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.eq(thread), MESSAGE.DIRECTION.eq(DSL.inline("from-client")))
                .fetchSingle()
                .value1());
    }

    private static void tryNow(DSLContext transaction, UUID thread) {
        transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, DSL.least(MAIL_QUEUE.NOT_BEFORE, CLOCK))
                .where(MAIL_QUEUE.THREAD_ID.eq(thread))
                .and(MAIL_QUEUE.QUEUE.eq(ParcelRows.SPOOL))
                .and(MAIL_QUEUE.CARRIAGE.eq(DSL.inline(ParcelRows.column(Carriage.TLS))))
                .execute();
        ParcelRows.announce(transaction, ParcelRows.SPOOL);
    }

    private byte[] seal(UUID thread, ExchangerPin pin) {
        return SealedColumns.EXCHANGERS.seal(serverKey, ExchangerPinText.write(pin), thread);
    }

    private ExchangerPin open(UUID thread, byte[] sealed) {
        return ExchangerPinText.read(SealedColumns.EXCHANGERS.readText(serverKey, sealed, thread));
    }
}
