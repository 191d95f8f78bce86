package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.OWN_ADDRESS;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/** Therapists' addresses outside, in PostgreSQL, sealed with the server key. */
public final class JooqOwnAddresses implements OwnAddresses {

    private static final Field<Instant> CLOCK = DSL.field("clock_timestamp()", Instant.class);

    private final Database database;
    private final ServerKey serverKey;

    public JooqOwnAddresses(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
    }

    @Override
    public Optional<State> state(TherapistId therapist, EmailAddress address) throws CannotTellException {
        return database.ask(on -> on.select(OWN_ADDRESS.STATE)
                .from(OWN_ADDRESS)
                .where(is(therapist, address))
                .fetchOptional(row -> State.valueOf(row.value1().toUpperCase(Locale.ROOT))));
    }

    @Override
    public List<EmailAddress> all(TherapistId therapist, State state) throws CannotTellException {
        return database.ask(on -> on.select(OWN_ADDRESS.ADDRESS_SEALED, OWN_ADDRESS.ADDRESS_MAC)
                .from(OWN_ADDRESS)
                .where(OWN_ADDRESS.THERAPIST_ID.eq(therapist.value()), OWN_ADDRESS.STATE.eq(column(state)))
                .orderBy(OWN_ADDRESS.ASKED_AT, OWN_ADDRESS.ADDRESS_MAC)
                .fetch(row -> EmailAddress.of(SealedColumns.OWN_ADDRESSES.readText(
                        serverKey, row.value1(), therapist.value(), row.value2()))));
    }

    @Override
    public void ask(TherapistId therapist, EmailAddress address) throws CannotTellException {
        byte[] mac = mac(address);
        database.ask(on -> on.insertInto(OWN_ADDRESS)
                .set(OWN_ADDRESS.THERAPIST_ID, therapist.value())
                .set(OWN_ADDRESS.ADDRESS_MAC, mac)
                .set(
                        OWN_ADDRESS.ADDRESS_SEALED,
                        SealedColumns.OWN_ADDRESSES.seal(serverKey, address.value(), therapist.value(), mac))
                .set(OWN_ADDRESS.STATE, column(State.ASKED))
                .onConflictDoNothing()
                .execute());
    }

    @Override
    public void answer(TherapistId therapist, EmailAddress address, boolean own) throws CannotTellException {
        database.ask(on -> on.update(OWN_ADDRESS)
                .set(OWN_ADDRESS.STATE, column(own ? State.CONFIRMED : State.REFUSED))
                .set(OWN_ADDRESS.ANSWERED_AT, CLOCK)
                .where(is(therapist, address))
                .execute());
    }

    @Override
    public boolean forget(TherapistId therapist, EmailAddress address) throws CannotTellException {
        return database.ask(on ->
                        on.deleteFrom(OWN_ADDRESS).where(is(therapist, address)).execute())
                > 0;
    }

    private Condition is(TherapistId therapist, EmailAddress address) {
        return OWN_ADDRESS.THERAPIST_ID.eq(therapist.value()).and(OWN_ADDRESS.ADDRESS_MAC.eq(mac(address)));
    }

    private byte[] mac(EmailAddress address) {
        return serverKey.pseudonym(address.canonical(), SealingPurpose.OWN_ADDRESS);
    }

    private static String column(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
