package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY_ITEM;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.jooq.impl.DSL;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.ParcelAttributes;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.generated.tables.records.MailRepositoryItemRecord;
import org.therapost.storage.james.mail.MailEnvelope;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.james.mail.SealedMail;
import org.therapost.storage.postgres.Database;

/** The queues as operators may see them: counts, ids, ages; and the way back for what was set aside. */
public final class QueueAdministration {

    /** Where a parcel is that is kept in the sealed repository. */
    public static final String KEPT = "kept";

    // What waits for new servers is posted anew at each attempt.
    private static final Field<Instant> SINCE = DSL.least(MAIL_QUEUE.ENQUEUED_AT, MAIL_QUEUE.SERVER_WAITED_AT);
    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);
    private static final Field<Instant> READY_SINCE =
            DSL.greatest(MAIL_QUEUE.NOT_BEFORE, DSL.coalesce(MAIL_QUEUE.LEASED_UNTIL, MAIL_QUEUE.NOT_BEFORE));
    private static final Condition READY = MAIL_QUEUE
            .NOT_BEFORE
            .le(CLOCK)
            .and(MAIL_QUEUE.LEASE.isNull().or(MAIL_QUEUE.LEASED_UNTIL.le(CLOCK)))
            .and(DeliveryOrder.mayLeave(MAIL_QUEUE));

    private static final String NEW_SERVER = "new-server";
    private static final Field<String> PLACE = DSL.when(
                    MAIL_QUEUE.SERVER_WAITED_AT.isNotNull().and(MAIL_QUEUE.DEFERRED_AT.isNull()),
                    DSL.inline(NEW_SERVER))
            .otherwise(MAIL_QUEUE.QUEUE);

    private final Database database;
    private final MailSealer queued;
    private final MailSealer kept;

    /**
     * One item.
     *
     * @param place the queue it is in, or {@value #KEPT}
     */
    public record Item(String id, String place, Label label, Tries tries, long size) {}

    /** What a parcel says of itself; empty for other mail. */
    public record Label(Optional<UUID> thread, String carriage) {}

    /**
     * When it leaves.
     *
     * @param next when it is tried next, or was put aside
     * @param inWork whether it is leased now
     */
    public record Tries(Instant posted, Instant next, int attempts, boolean inWork) {}

    public QueueAdministration(Database database, ServerKey serverKey) {
        this.database = database;
        this.queued = MailSealer.ofQueue(serverKey);
        this.kept = MailSealer.ofRepository(serverKey);
    }

    /** All queues that have something in them. */
    public List<QueueFigures> figures() throws CannotTellException {
        return database.ask(on -> figures(on));
    }

    /**
     * The same over a connection of the caller's.
     *
     * @throws SQLException if the database did not answer
     */
    public static List<QueueFigures> figures(Connection connection) throws SQLException {
        try {
            return figures(DSL.using(connection, SQLDialect.POSTGRES));
        } catch (DataAccessException away) {
            throw new SQLException("the queues could not be read", away.sqlState(), away);
        }
    }

    private static List<QueueFigures> figures(DSLContext on) {
        Field<Double> oldest = seconds(DSL.min(SINCE));
        Field<Double> longest = seconds(DSL.min(READY_SINCE).filterWhere(READY));
        return on.select(MAIL_QUEUE.QUEUE, DSL.count(), DSL.count().filterWhere(READY), oldest, longest)
                .from(MAIL_QUEUE)
                .groupBy(MAIL_QUEUE.QUEUE)
                .fetch(row -> new QueueFigures(
                        row.value1(), row.value2(), row.value3(), duration(row.value4()), duration(row.value5())));
    }

    private static Field<Double> seconds(Field<Instant> since) {
        return DSL.field("coalesce(extract(epoch from clock_timestamp() - {0}), 0)", Double.class, since);
    }

    private static Duration duration(double seconds) {
        return Duration.ofMillis(Math.max(0, (long) (seconds * 1000)));
    }

    /** How many are kept in the sealed repository. */
    public long kept() throws CannotTellException {
        return database.ask(on -> (long) on.fetchCount(MAIL_REPOSITORY_ITEM));
    }

    /** What is in the queues and in the repository, oldest first, no more than so many. */
    public List<Item> items(int most) throws CannotTellException {
        return database.ask(on -> {
            List<Item> all = inRepository(on, most);
            all.addAll(inQueues(on, most - all.size()));
            return all;
        });
    }

    private static List<Item> inQueues(DSLContext on, int most) {
        return on.select(
                        MAIL_QUEUE.ID,
                        PLACE,
                        MAIL_QUEUE.THREAD_ID,
                        MAIL_QUEUE.CARRIAGE,
                        SINCE,
                        MAIL_QUEUE.NOT_BEFORE,
                        MAIL_QUEUE.ATTEMPTS,
                        MAIL_QUEUE.SIZE,
                        DSL.field(MAIL_QUEUE.LEASED_UNTIL.gt(CLOCK)))
                .from(MAIL_QUEUE)
                .orderBy(SINCE, MAIL_QUEUE.SEQUENCE)
                .limit(most)
                .fetch(row -> new Item(
                        row.value1().toString(),
                        row.value2(),
                        new Label(
                                Optional.ofNullable(row.value3()),
                                Optional.ofNullable(row.value4()).orElse("")),
                        new Tries(row.value5(), row.value6(), row.value7(), Boolean.TRUE.equals(row.value9())),
                        row.value8()));
    }

    private List<Item> inRepository(DSLContext on, int most) {
        return on.selectFrom(MAIL_REPOSITORY_ITEM)
                .orderBy(MAIL_REPOSITORY_ITEM.STORED_AT)
                .limit(most)
                .fetch(this::item);
    }

    private Item item(MailRepositoryItemRecord row) {
        Map<String, JsonNode> attributes = attributes(row);
        return new Item(
                row.getKey(),
                KEPT,
                new Label(
                        text(attributes, ParcelAttributes.THREAD).map(UUID::fromString),
                        text(attributes, ParcelAttributes.CARRIAGE).orElse("").toLowerCase(Locale.ROOT)),
                new Tries(
                        text(attributes, ParcelAttributes.POSTED)
                                .map(Instant::parse)
                                .orElse(row.getStoredAt()),
                        row.getStoredAt(),
                        0,
                        false),
                row.getSize());
    }

    private Map<String, JsonNode> attributes(MailRepositoryItemRecord row) {
        try {
            return kept.openEnvelope(row.getEnvelopeSealed(), row.getPath(), row.getKey())
                    .attributes();
        } catch (SealedException damaged) {
            return Map.of();
        }
    }

    /** James writes attributes as an object with a serializer's name and the value. */
    private static Optional<String> text(Map<String, JsonNode> attributes, String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(attribute -> attribute.path("value"))
                .filter(JsonNode::isTextual)
                .map(JsonNode::asText);
    }

    private static boolean flag(Map<String, JsonNode> attributes, String name) {
        return Optional.ofNullable(attributes.get(name))
                .map(attribute -> attribute.path("value").asBoolean())
                .orElse(false);
    }

    /**
     * Tries an item at once that was put off, and again from the beginning one that was set aside or is kept; one that waits
     * for a key or a consent goes on waiting.
     *
     * @return whether there was something to be done
     */
    public boolean retry(UUID id) throws CannotTellException {
        return database.transact(tx -> hurry(tx, id) || takeBack(tx, id));
    }

    private static boolean hurry(DSLContext tx, UUID id) {
        int hurried = tx.update(MAIL_QUEUE)
                .set(
                        MAIL_QUEUE.QUEUE,
                        DSL.when(MAIL_QUEUE.CARRIAGE.eq("wait"), ParcelRows.WAITING)
                                .otherwise(ParcelRows.SPOOL))
                .set(MAIL_QUEUE.NOT_BEFORE, CLOCK)
                .set(MAIL_QUEUE.TAKES, 0)
                .where(MAIL_QUEUE.ID.eq(id))
                .and(MAIL_QUEUE.QUEUE.in(ParcelRows.SPOOL, ParcelRows.DAMAGED))
                .and(MAIL_QUEUE.LEASE.isNull().or(MAIL_QUEUE.LEASED_UNTIL.le(CLOCK)))
                .execute();
        ParcelRows.announce(tx, ParcelRows.SPOOL);
        return hurried > 0;
    }

    private boolean takeBack(DSLContext tx, UUID id) {
        Optional<MailRepositoryItemRecord> row = tx.selectFrom(MAIL_REPOSITORY_ITEM)
                .where(MAIL_REPOSITORY_ITEM.KEY.eq(id.toString()))
                .forUpdate()
                .fetchOptional();
        if (row.isEmpty()) {
            return false;
        }
        Map<String, JsonNode> attributes = attributes(row.get());
        Optional<String> thread = text(attributes, ParcelAttributes.THREAD);
        Optional<String> carriage = text(attributes, ParcelAttributes.CARRIAGE);
        if (thread.isEmpty() || carriage.isEmpty()) {
            return false;
        }
        SealedMail sealed = resealed(row.get(), id);
        tx.insertInto(MAIL_QUEUE)
                .set(MAIL_QUEUE.ID, id)
                .set(MAIL_QUEUE.QUEUE, ParcelRows.queue(Carriage.valueOf(carriage.get())))
                .set(MAIL_QUEUE.NAME, id.toString())
                .set(MAIL_QUEUE.THREAD_ID, UUID.fromString(thread.get()))
                .set(
                        MAIL_QUEUE.CARRIAGE,
                        Carriage.valueOf(carriage.get()).name().toLowerCase(Locale.ROOT))
                .set(MAIL_QUEUE.OURS, flag(attributes, ParcelAttributes.OURS))
                .set(
                        MAIL_QUEUE.OVERTAKES_FROM,
                        text(attributes, ParcelAttributes.OVERTAKES)
                                .map(Instant::parse)
                                .orElse(null))
                .set(MAIL_QUEUE.SIZE, sealed.size())
                .set(MAIL_QUEUE.ENVELOPE_SEALED, sealed.envelope())
                .set(MAIL_QUEUE.CONTENT_SEALED, sealed.content())
                .onConflictDoNothing()
                .execute();
        row.get().delete();
        ParcelRows.announce(tx, ParcelRows.SPOOL);
        return true;
    }

    private SealedMail resealed(MailRepositoryItemRecord row, UUID id) {
        try {
            MailEnvelope envelope = kept.openEnvelope(row.getEnvelopeSealed(), row.getPath(), row.getKey());
            return queued.seal(envelope, kept.openContent(row.getContentSealed(), row.getPath(), row.getKey()), id);
        } catch (SealedException damaged) {
            throw new IllegalStateException("a kept parcel cannot be decrypted with this server key", damaged);
        }
    }
}
