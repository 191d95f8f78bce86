package org.therapost.storage.queue;

import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.SENT_PARCEL;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jooq.types.DayToSecond;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.conversation.Parcel;
import org.therapost.storage.store.KnownMessageIdRows;

/** What is remembered of parcels that left, so that a report about one can be told from a forged one. */
public final class SentParcelRows {

    private static final Duration REPORTED_WITHIN = Duration.ofDays(10);
    // What never left, or what nobody asked about.
    private static final Duration FORGOTTEN = Duration.ofDays(60);
    // One of so many insertions tidies up, so that it costs each next to nothing.
    private static final int TIDY_EVERY = 128;

    private SentParcelRows() {}

    /** Remembers one, and the identifiers that the client knows by it. */
    static void insert(DSLContext transaction, BounceAddresses addresses, Set<UUID> known, Parcel parcel) {
        transaction
                .with(KnownMessageIdRows.remembered(transaction, known))
                .insertInto(SENT_PARCEL)
                .set(SENT_PARCEL.PARCEL_ID, parcel.id().value())
                .set(SENT_PARCEL.THREAD_ID, parcel.thread().value())
                .set(
                        SENT_PARCEL.ADDRESS_MAC,
                        addresses.pseudonym(parcel.sender().orElseThrow()))
                .set(
                        SENT_PARCEL.MESSAGE_ID_MAC,
                        parcel.messageId().map(addresses::pseudonym).orElse(null))
                .onConflictDoNothing()
                .execute();
        if (Math.floorMod(parcel.id().value().getLeastSignificantBits(), TIDY_EVERY) == 0) {
            tidy(transaction);
        }
    }

    private static void tidy(DSLContext transaction) {
        transaction
                .deleteFrom(SENT_PARCEL)
                .where(SENT_PARCEL.POSTED_AT.lt(DSL.currentInstant().minus(DayToSecond.valueOf(FORGOTTEN))))
                .or(SENT_PARCEL.LEFT_AT.lt(DSL.currentInstant().minus(DayToSecond.valueOf(REPORTED_WITHIN))))
                .execute();
        transaction
                .deleteFrom(LETTER_DELIVERED)
                .where(LETTER_DELIVERED.DELIVERED_AT.lt(DSL.currentInstant().minus(DayToSecond.valueOf(FORGOTTEN))))
                .execute();
    }

    /** Whether a report about a parcel still counts. */
    public static Condition stillReported() {
        return SENT_PARCEL
                .LEFT_AT
                .isNull()
                .or(SENT_PARCEL.LEFT_AT.ge(DSL.currentInstant().minus(DayToSecond.valueOf(REPORTED_WITHIN))));
    }

    public static Condition is(UUID parcel) {
        return SENT_PARCEL.PARCEL_ID.eq(parcel);
    }
}
