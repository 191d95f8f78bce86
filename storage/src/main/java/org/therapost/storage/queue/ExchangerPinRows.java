package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.EXCHANGER_PIN;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.TLS_CONSENT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;

/** Rows of pinned exchangers. Each change locks the row of its thread. */
public final class ExchangerPinRows {

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final ServerKey serverKey;

    public ExchangerPinRows(ServerKey serverKey) {
        this.serverKey = serverKey;
    }

    /**
     * A pin as it stands.
     *
     * @param now by the database's clock
     * @param lastMail when authenticated mail of the client was last accepted
     */
    public record Look(ExchangerPin pin, Instant now, Optional<Instant> lastMail) {

        /** What a change makes of it. */
        public ExchangerPin after(ExchangerPins.Change change) {
            return change.of(pin, now, lastMail);
        }
    }

    /** Looks at a thread's pin in one statement; empty if no consent of the client is in force. */
    public Optional<Look> look(DSLContext on, ThreadId thread) {
        Field<Instant> lastMail = DSL.field(DSL.select(DSL.max(MESSAGE.ACCEPTED_AT))
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.eq(thread.value()), MESSAGE.DIRECTION.eq(DSL.inline("from-client"))));
        return on.select(EXCHANGER_PIN.THREAD_ID, EXCHANGER_PIN.STATE_SEALED, CLOCK, lastMail)
                .from(TLS_CONSENT)
                .leftJoin(EXCHANGER_PIN)
                .on(EXCHANGER_PIN.THREAD_ID.eq(TLS_CONSENT.THREAD_ID))
                .where(TLS_CONSENT.THREAD_ID.eq(thread.value()), TLS_CONSENT.REVOKED_AT.isNull())
                .fetchOptional(row -> new Look(
                        row.value1() == null ? ExchangerPin.NONE : open(thread.value(), row.value2()),
                        row.value3(),
                        Optional.ofNullable(row.value4())));
    }

    /**
     * Changes a thread's pin; other exchangers than before let what waits in the queue be tried now. Locks the thread's row before
     * all others, so that there is one order of locks, and a row also when nothing is pinned yet.
     *
     * @return the pin as it is now; empty, and nothing is changed, if no consent of the client is in force
     */
    public Optional<ExchangerPin> change(DSLContext transaction, ThreadId thread, ExchangerPins.Change change) {
        lock(transaction, thread.value());
        return look(transaction, thread).map(before -> {
            ExchangerPin after = before.after(change);
            write(transaction, thread, before.pin(), after);
            return after;
        });
    }

    /** Locks a thread for whoever changes its pin, its consent, or both with its parcels. */
    public static void lock(DSLContext transaction, UUID thread) {
        transaction
                .select(THREAD.ID)
                .from(THREAD)
                .where(THREAD.ID.eq(thread))
                .forNoKeyUpdate()
                .fetch();
    }

    /** Writes a pin whose thread the transaction has locked. */
    public void write(DSLContext transaction, ThreadId thread, ExchangerPin before, ExchangerPin after) {
        if (after.equals(before)) {
            return;
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
    }

    /** Remembers that the therapist was told of exchangers, if these are still the candidate. */
    void told(DSLContext transaction, UUID thread, MailExchangers exchangers) {
        change(transaction, new ThreadId(thread), (pin, now, lastMail) -> pin.told(exchangers, now));
    }

    /** Forgets a thread's pin, with its consent. */
    public static void forget(DSLContext transaction, ThreadId thread) {
        transaction
                .deleteFrom(EXCHANGER_PIN)
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

    private ExchangerPin open(UUID thread, byte @Nullable [] sealed) {
        return sealed == null
                ? ExchangerPin.OF_EARLIER_CONSENT
                : ExchangerPinText.read(SealedColumns.EXCHANGERS.readText(serverKey, sealed, thread));
    }
}
