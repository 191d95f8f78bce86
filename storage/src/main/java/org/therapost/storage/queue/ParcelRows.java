package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.SENT_PARCEL;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.Deferral.Cause;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.identifiers.MessageIdPseudonyms;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.james.mail.MailEnvelope;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.james.mail.SealedMail;
import org.therapost.storage.store.KnownMessageIdRows;

/**
 * Parcels as rows of the mail queue. Those that can travel stand in the queue {@value #SPOOL}, where James's spooler takes
 * them; those that wait for a key or a consent in {@value #WAITING}, which nobody consumes. The id of the row, and the
 * name of the mail, is the id of the parcel.
 */
public final class ParcelRows {

    /** The queue that James's spooler consumes. */
    public static final String SPOOL = "spool";

    /** The queue of parcels that wait for a key or a consent. */
    public static final String WAITING = "waiting";

    /** The queue of parcels that are kept until a window opens. */
    public static final String AT_OPEN = "at-open";

    /** The priority of a parcel for which nobody waits (James's {@code MailPrioritySupport}). */
    public static final int NORMAL = 5;

    /** The priority of a parcel in a session that is running. */
    public static final int LIVE = 9;

    /** Where rows go that this server key does not open. */
    public static final String DAMAGED = "damaged";

    /** The channel on which consumers hear that a queue has something; the payload is the queue's name. */
    public static final String CHANNEL = "mail_queue";

    /** How long an item is lost when the process that took it is killed. */
    public static final Duration LEASE = Duration.ofSeconds(30);

    private static final int AT_A_TIME = 100;

    private static final Logger LOG = LoggerFactory.getLogger(ParcelRows.class);
    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final MailSealer sealer;
    private final BounceAddresses addresses;
    private final MessageIdPseudonyms marks;
    private final ExchangerPinRows pins;

    public ParcelRows(ServerKey serverKey) {
        this.sealer = MailSealer.ofQueue(serverKey);
        this.addresses = new BounceAddresses(serverKey);
        this.marks = new MessageIdPseudonyms(serverKey);
        this.pins = new ExchangerPinRows(serverKey);
    }

    /** Posts a parcel within a transaction; consumers wake when it commits. */
    public void insert(DSLContext transaction, Parcel parcel) {
        insert(transaction, parcel, NORMAL);
    }

    /** Posts a parcel with a priority, {@link #NORMAL} or {@link #LIVE}. */
    public void insert(DSLContext transaction, Parcel parcel, int priority) {
        insert(transaction, parcel, queue(parcel.carriage()), priority);
    }

    /** Keeps a parcel until {@link #postAtOpen}; what has to wait for a key or a consent waits for that alone. */
    public void insertAtOpen(DSLContext transaction, Parcel parcel) {
        insert(transaction, parcel, parcel.carriage() == Carriage.WAIT ? WAITING : AT_OPEN, NORMAL);
    }

    /** Posts the parcels of a thread that were kept for the open, and tries at once those that were put off. */
    public void postAtOpen(DSLContext transaction, ThreadId thread, int priority) {
        DeliveryOrder.hurry(transaction, thread.value(), priority, true);
        int posted = transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.QUEUE, SPOOL)
                .set(MAIL_QUEUE.PRIORITY, (short) priority)
                // From now on it is on its way: retries are counted from here.
                .set(MAIL_QUEUE.ENQUEUED_AT, CLOCK)
                .set(MAIL_QUEUE.NOT_BEFORE, CLOCK)
                .where(MAIL_QUEUE.THREAD_ID.eq(thread.value()))
                .and(MAIL_QUEUE.QUEUE.eq(AT_OPEN))
                .execute();
        LOG.debug("a window is open; {} parcels that were kept for it are posted", posted);
        announce(transaction, SPOOL);
    }

    private void insert(DSLContext transaction, Parcel parcel, String queue, int priority) {
        SealedMail sealed = seal(sent(transaction, parcel));
        UUID thread = parcel.thread().value();
        if (priority == LIVE) {
            // Whoever stands before it in its line keeps it waiting.
            DeliveryOrder.hurry(transaction, thread, priority, false);
        }
        Optional<Instant> overtakes = parcel.kind().overtakesFrom();
        transaction
                .insertInto(MAIL_QUEUE)
                .set(MAIL_QUEUE.ID, parcel.id().value())
                .set(MAIL_QUEUE.QUEUE, queue)
                .set(MAIL_QUEUE.PRIORITY, (short) priority)
                .set(MAIL_QUEUE.NAME, parcel.id().value().toString())
                .set(MAIL_QUEUE.THREAD_ID, thread)
                .set(MAIL_QUEUE.CARRIAGE, column(parcel.carriage()))
                .set(MAIL_QUEUE.OURS, parcel.kind().ours())
                .set(MAIL_QUEUE.OVERTAKES_FROM, overtakes.orElse(null))
                .set(
                        MAIL_QUEUE.NOT_BEFORE,
                        overtakes.isPresent() || !queue.equals(SPOOL)
                                ? CLOCK
                                : DeliveryOrder.joining(thread, column(parcel.carriage())))
                .set(MAIL_QUEUE.SIZE, sealed.size())
                .set(MAIL_QUEUE.ENVELOPE_SEALED, sealed.envelope())
                .set(MAIL_QUEUE.CONTENT_SEALED, sealed.content())
                .execute();
        announce(transaction, queue);
    }

    /**
     * Renews the lease of an attempt by half a minute.
     *
     * @return whether it still was that attempt's
     */
    public boolean renew(DSLContext on, ParcelLease hold) {
        return on.update(MAIL_QUEUE)
                        .set(MAIL_QUEUE.LEASED_UNTIL, later(LEASE))
                        .where(held(hold))
                        .execute()
                > 0;
    }

    /**
     * Puts off a parcel and takes its lease back, so that the attempt's own acknowledgement has no effect. Those behind it
     * in its line wait with it, or go now if it is set aside.
     *
     * @return whether it still was that attempt's
     */
    public boolean putOff(DSLContext transaction, ParcelLease hold, Deferral how) {
        boolean waitsForServers = how.cause() == Cause.NEW_SERVERS;
        if (how.toldOf().isPresent()) {
            lockThread(transaction, hold.parcel());
        }
        Optional<DeliveryOrder.Place> place = transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, later(how.pause()))
                .set(MAIL_QUEUE.ATTEMPTS, MAIL_QUEUE.ATTEMPTS.plus(1))
                .set(MAIL_QUEUE.TAKES, 0)
                .set(MAIL_QUEUE.TOLD_AT, how.toldLate() ? CLOCK : MAIL_QUEUE.TOLD_AT)
                // Retries are counted from the end of its waiting.
                .set(MAIL_QUEUE.ENQUEUED_AT, waitsForServers ? CLOCK : MAIL_QUEUE.ENQUEUED_AT)
                // From the first time to the last, also if DNS has other answers, or none, in between.
                .set(MAIL_QUEUE.SERVER_WAITED_AT, firstIf(waitsForServers, MAIL_QUEUE.SERVER_WAITED_AT))
                // While it waits for servers, none puts it off.
                .set(
                        MAIL_QUEUE.DEFERRED_AT,
                        waitsForServers
                                ? DSL.inline((Instant) null)
                                : firstIf(
                                        how.cause() == Cause.SERVER || how.cause() == Cause.ITSELF,
                                        MAIL_QUEUE.DEFERRED_AT))
                .set(MAIL_QUEUE.OF_ITSELF_AT, firstIf(how.cause() == Cause.ITSELF, MAIL_QUEUE.OF_ITSELF_AT))
                .set(MAIL_QUEUE.ASIDE_AT, firstIf(how.aside(), MAIL_QUEUE.ASIDE_AT))
                .set(MAIL_QUEUE.ASIDE_TOLD_AT, firstIf(how.aside(), MAIL_QUEUE.ASIDE_TOLD_AT))
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .where(held(hold))
                .returning(MAIL_QUEUE.THREAD_ID, MAIL_QUEUE.CARRIAGE, MAIL_QUEUE.SEQUENCE, MAIL_QUEUE.NOT_BEFORE)
                .fetchOptional(row -> new DeliveryOrder.Place(
                        row.getThreadId(), row.getCarriage(), row.getSequence(), row.getNotBefore()));
        place.ifPresent(one -> inItsLine(transaction, one, how));
        if (how.toldOf().isPresent()) {
            place.ifPresent(
                    one -> pins.told(transaction, one.thread(), how.toldOf().get()));
        }
        return place.isPresent();
    }

    /** Before the row of the queue, as all do who change a pin with what waits for it. */
    private static void lockThread(DSLContext transaction, ParcelId parcel) {
        transaction
                .select(MAIL_QUEUE.THREAD_ID)
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.ID.eq(parcel.value()))
                .fetchOptional(MAIL_QUEUE.THREAD_ID)
                .ifPresent(thread -> ExchangerPinRows.lock(transaction, thread));
    }

    /**
     * Lets all parcels of a thread wait that were to leave by {@code tls}, in a transaction that revokes the consent. They are
     * as new: a consent, or a key, that comes later releases them. An attempt that has one of them in hand loses its lease.
     */
    public static void holdBack(DSLContext transaction, ThreadId thread) {
        transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.QUEUE, WAITING)
                .set(MAIL_QUEUE.CARRIAGE, column(Carriage.WAIT))
                .set(MAIL_QUEUE.ATTEMPTS, 0)
                .set(MAIL_QUEUE.TAKES, 0)
                .setNull(MAIL_QUEUE.TOLD_AT)
                .setNull(MAIL_QUEUE.SERVER_WAITED_AT)
                .setNull(MAIL_QUEUE.DEFERRED_AT)
                .setNull(MAIL_QUEUE.OF_ITSELF_AT)
                .setNull(MAIL_QUEUE.ASIDE_AT)
                .setNull(MAIL_QUEUE.ASIDE_TOLD_AT)
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .where(MAIL_QUEUE.THREAD_ID.eq(thread.value()))
                .and(MAIL_QUEUE.QUEUE.in(SPOOL, AT_OPEN))
                .and(MAIL_QUEUE.CARRIAGE.eq(column(Carriage.TLS)))
                .execute();
    }

    private static void inItsLine(DSLContext transaction, DeliveryOrder.Place place, Deferral how) {
        if (how.cause() == Cause.SERVER || how.cause() == Cause.NEW_SERVERS) {
            DeliveryOrder.restore(transaction, place);
        }
        if (how.aside()) {
            DeliveryOrder.letGo(transaction, place);
        } else {
            DeliveryOrder.holdUp(transaction, place);
        }
    }

    private static Field<Instant> firstIf(boolean now, Field<Instant> before) {
        return now ? DSL.coalesce(before, CLOCK) : before;
    }

    /**
     * Deletes a parcel that has arrived; of a letter of ours it is remembered when. One statement, so that whatever
     * repeats it for want of an answer remembers what the first one would have.
     *
     * @return whether it still was that attempt's
     */
    public static boolean delivered(DSLContext on, UUID item, UUID lease) {
        var gone = DSL.name("gone")
                .as(on.deleteFrom(MAIL_QUEUE)
                        .where(MAIL_QUEUE.ID.eq(item))
                        .and(MAIL_QUEUE.LEASE.eq(lease))
                        .returning(MAIL_QUEUE.ID, MAIL_QUEUE.THREAD_ID, MAIL_QUEUE.OURS));
        var kept = DSL.name("kept")
                .as(on.insertInto(LETTER_DELIVERED)
                        .columns(LETTER_DELIVERED.PARCEL_ID, LETTER_DELIVERED.THREAD_ID)
                        .select(DSL.select(gone.field(MAIL_QUEUE.ID), gone.field(MAIL_QUEUE.THREAD_ID))
                                .from(gone)
                                .where(gone.field(MAIL_QUEUE.OURS)))
                        .onConflictDoNothing()
                        .returning(LETTER_DELIVERED.PARCEL_ID));
        var left = DSL.name("gone_out")
                .as(on.update(SENT_PARCEL)
                        .set(SENT_PARCEL.LEFT_AT, CLOCK)
                        .from(gone)
                        .where(SENT_PARCEL.PARCEL_ID.eq(gone.field(MAIL_QUEUE.ID)))
                        .returning(SENT_PARCEL.PARCEL_ID));
        return on.with(gone)
                .with(kept)
                .with(left)
                .selectOne()
                .from(gone)
                .fetch()
                .isNotEmpty();
    }

    /**
     * Deletes a parcel that an attempt holds.
     *
     * @return whether it still was that attempt's
     */
    public boolean end(DSLContext transaction, ParcelLease hold) {
        return transaction.deleteFrom(MAIL_QUEUE).where(held(hold)).execute() > 0;
    }

    private static Condition held(ParcelLease hold) {
        return MAIL_QUEUE.ID.eq(hold.parcel().value()).and(MAIL_QUEUE.LEASE.eq(hold.right()));
    }

    private static Field<Instant> later(Duration pause) {
        return DSL.field(
                "clock_timestamp() + {0} * interval '1 millisecond'",
                Instant.class, DSL.val((double) pause.toMillis()));
    }

    /** Parcels of a thread that wait, oldest first. */
    public List<ParcelId> waiting(DSLContext on, ThreadId thread) {
        return on.select(MAIL_QUEUE.ID)
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.THREAD_ID.eq(thread.value()))
                .and(MAIL_QUEUE.QUEUE.eq(WAITING))
                .orderBy(MAIL_QUEUE.SEQUENCE)
                .fetch(row -> new ParcelId(row.value1()));
    }

    /** Opens a waiting parcel; empty if it does not wait any more. One that does not open is moved aside. */
    public Optional<Parcel> parcel(DSLContext on, ParcelId id) {
        Optional<MailQueueRecord> row = on.selectFrom(MAIL_QUEUE)
                .where(MAIL_QUEUE.ID.eq(id.value()))
                .and(MAIL_QUEUE.QUEUE.eq(WAITING))
                .fetchOptional();
        if (row.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(open(id, row.get()));
        } catch (SealedException | IllegalArgumentException damaged) {
            LOG.error(
                    "parcel {} cannot be decrypted with this server key and was moved to the queue {}",
                    id.value(),
                    DAMAGED);
            on.update(MAIL_QUEUE)
                    .set(MAIL_QUEUE.QUEUE, DAMAGED)
                    .where(MAIL_QUEUE.ID.eq(id.value()))
                    .execute();
            return Optional.empty();
        }
    }

    /** Replaces a waiting parcel by one that can travel, within a transaction; does nothing if it does not wait any more. */
    public void release(DSLContext transaction, Parcel ready) {
        SealedMail sealed = seal(sent(transaction, ready));
        int released = transaction
                .update(MAIL_QUEUE)
                .set(MAIL_QUEUE.QUEUE, queue(ready.carriage()))
                .set(MAIL_QUEUE.CARRIAGE, column(ready.carriage()))
                // From now on it is on its way: retries are counted from here.
                .set(MAIL_QUEUE.ENQUEUED_AT, CLOCK)
                .set(MAIL_QUEUE.NOT_BEFORE, CLOCK)
                .set(MAIL_QUEUE.SIZE, sealed.size())
                .set(MAIL_QUEUE.ENVELOPE_SEALED, sealed.envelope())
                .set(MAIL_QUEUE.CONTENT_SEALED, sealed.content())
                .where(MAIL_QUEUE.ID.eq(ready.id().value()))
                .and(MAIL_QUEUE.QUEUE.eq(WAITING))
                .execute();
        if (released > 0) {
            announce(transaction, queue(ready.carriage()));
        }
    }

    public static List<Outbox.Damaged> damaged(DSLContext on) {
        return on.select(MAIL_QUEUE.ID, MAIL_QUEUE.THREAD_ID)
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.QUEUE.eq(DSL.inline(DAMAGED)))
                .and(MAIL_QUEUE.DAMAGED_TOLD_AT.isNull())
                .and(MAIL_QUEUE.THREAD_ID.isNotNull())
                .limit(AT_A_TIME)
                .fetch(row -> new Outbox.Damaged(new ParcelId(row.value1()), new ThreadId(row.value2())));
    }

    public static boolean tellDamaged(DSLContext transaction, ParcelId parcel) {
        return transaction
                        .update(MAIL_QUEUE)
                        .set(MAIL_QUEUE.DAMAGED_TOLD_AT, CLOCK)
                        .where(MAIL_QUEUE.ID.eq(parcel.value()))
                        .and(MAIL_QUEUE.QUEUE.eq(DAMAGED))
                        .and(MAIL_QUEUE.DAMAGED_TOLD_AT.isNull())
                        .execute()
                > 0;
    }

    /** Wakes the consumers of a queue when the transaction commits. */
    public static void announce(DSLContext transaction, String queue) {
        transaction
                .select(DSL.field("pg_notify({0}, {1})", Object.class, DSL.inline(CHANNEL), DSL.val(queue)))
                .execute();
    }

    /**
     * What travels is known to the client from now on; what may come back gets an envelope sender of its own, by which it is
     * found again.
     */
    private Parcel sent(DSLContext transaction, Parcel parcel) {
        if (parcel.carriage() == Carriage.WAIT) {
            return parcel;
        }
        if (parcel.sender().isEmpty()) {
            KnownMessageIdRows.remember(transaction, marks.of(parcel));
            return parcel;
        }
        Parcel travelling =
                parcel.from(addresses.of(parcel.id(), parcel.sender().get().domain()));
        SentParcelRows.insert(transaction, addresses, marks.of(parcel), travelling);
        return travelling;
    }

    private SealedMail seal(Parcel parcel) {
        return sealer.seal(
                MailEnvelope.of(parcel), parcel.content().octets(), parcel.id().value());
    }

    private Parcel open(ParcelId id, MailQueueRecord row) throws SealedException {
        MailEnvelope envelope = sealer.openEnvelope(row.getEnvelopeSealed(), row.getId());
        if (envelope.route().recipients().size() != 1) {
            throw new SealedException("not the envelope of a parcel");
        }
        return new Parcel(
                id,
                new ThreadId(row.getThreadId()),
                new Parcel.Route(
                        Carriage.valueOf(row.getCarriage().toUpperCase(Locale.ROOT)),
                        Optional.ofNullable(envelope.route().sender()).map(EmailAddress::of),
                        EmailAddress.of(envelope.route().recipients().get(0))),
                MailContent.of(sealer.openContent(row.getContentSealed(), row.getId())),
                new Parcel.Kind(
                        row.getOurs() ? Parcel.Kind.Author.SERVER : Parcel.Kind.Author.THERAPIST,
                        Optional.ofNullable(row.getOvertakesFrom())));
    }

    /** The queue for what travels so. */
    static String queue(Carriage carriage) {
        return carriage == Carriage.WAIT ? WAITING : SPOOL;
    }

    static String column(Carriage carriage) {
        return carriage.name().toLowerCase(Locale.ROOT);
    }
}
