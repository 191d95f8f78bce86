package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.WAY_IN;

import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Device;
import org.therapost.domain.access.WayIn;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.storage.postgres.Database;

/** The ways into accounts in PostgreSQL. */
public final class JooqWaysIn implements WaysIn {

    private static final String APP_PASSWORD = JooqAccounts.kind(WayIn.Kind.APP_PASSWORD);

    private final Database database;
    private final JooqAccounts accounts;

    public JooqWaysIn(Database database, ServerKey serverKey) {
        this.database = database;
        this.accounts = new JooqAccounts(database, serverKey);
    }

    @Override
    public Optional<Account> recoveryCode(EmailAddress login) throws CannotTellException {
        return accounts.find(login, WAY_IN.KIND.eq(JooqAccounts.kind(WayIn.Kind.RECOVERY_CODE)));
    }

    @Override
    public List<EmailAddress> knownToOperators() throws CannotTellException {
        return database.ask(on -> on.select(WAY_IN.USERNAME)
                .from(WAY_IN)
                .join(THERAPIST)
                .on(THERAPIST.ADDRESS.eq(WAY_IN.USERNAME))
                .where(WAY_IN.SET_BY.eq("operator"))
                .orderBy(WAY_IN.USERNAME)
                .fetch(row -> EmailAddress.of(row.value1())));
    }

    @Override
    public List<Device> devices(EmailAddress login) throws CannotTellException {
        return database.ask(on -> on.select(WAY_IN.NAME, WAY_IN.MADE_AT, WAY_IN.LAST_USED_ON)
                .from(WAY_IN)
                .where(WAY_IN.USERNAME.eq(login.canonical()), WAY_IN.KIND.eq(APP_PASSWORD))
                .orderBy(WAY_IN.NAME)
                .fetch(row -> new Device(row.value1(), row.value2(), Optional.ofNullable(row.value3()))));
    }

    @Override
    public boolean add(EmailAddress login, String device, String lookup, KeyWrapping wrapping)
            throws CannotTellException {
        return database.ask(on -> on.insertInto(WAY_IN)
                        .set(WAY_IN.USERNAME, login.canonical())
                        .set(WAY_IN.KIND, APP_PASSWORD)
                        .set(WAY_IN.NAME, device)
                        .set(WAY_IN.LOOKUP, lookup)
                        .set(WAY_IN.RECORD, wrapping.record().phc())
                        .set(WAY_IN.LOCKED_KEY, octets(wrapping))
                        .onConflictDoNothing()
                        .execute())
                == 1;
    }

    @Override
    public boolean revoke(EmailAddress login, String device) throws CannotTellException {
        return database.ask(on -> on.deleteFrom(WAY_IN)
                        .where(
                                WAY_IN.USERNAME.eq(login.canonical()),
                                WAY_IN.KIND.eq(APP_PASSWORD),
                                WAY_IN.NAME.eq(device))
                        .execute())
                == 1;
    }

    @Override
    public void replace(EmailAddress login, Optional<KeyWrapping> password, Optional<KeyWrapping> recoveryCode)
            throws CannotTellException {
        database.ask(on -> {
            on.transaction(transaction -> {
                password.ifPresent(wrapping -> put(transaction.dsl(), login, WayIn.Kind.PASSWORD, wrapping));
                recoveryCode.ifPresent(wrapping -> put(transaction.dsl(), login, WayIn.Kind.RECOVERY_CODE, wrapping));
            });
            return true;
        });
    }

    /** A row of its own each time: what somebody found before is not what they would change. */
    public static void put(DSLContext tx, EmailAddress login, WayIn.Kind kind, KeyWrapping wrapping) {
        tx.deleteFrom(WAY_IN)
                .where(WAY_IN.USERNAME.eq(login.canonical()), WAY_IN.KIND.eq(JooqAccounts.kind(kind)))
                .execute();
        tx.insertInto(WAY_IN)
                .set(WAY_IN.USERNAME, login.canonical())
                .set(WAY_IN.KIND, JooqAccounts.kind(kind))
                .set(WAY_IN.RECORD, wrapping.record().phc())
                .set(WAY_IN.LOCKED_KEY, octets(wrapping))
                .execute();
    }

    private static byte @org.jspecify.annotations.Nullable [] octets(KeyWrapping wrapping) {
        return wrapping.locked().map(LockedKey::octets).orElse(null);
    }
}
