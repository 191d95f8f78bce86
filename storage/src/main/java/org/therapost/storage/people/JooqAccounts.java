package org.therapost.storage.people;

import static org.jooq.impl.DSL.coalesce;
import static org.jooq.impl.DSL.falseCondition;
import static org.jooq.impl.DSL.field;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.WAY_IN;

import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Record;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.WayIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.Custody;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;

/** The logins in PostgreSQL. */
public final class JooqAccounts implements Accounts {

    private static final Field<LocalDate> TODAY = field("(now() at time zone 'UTC')::date", LocalDate.class);
    private static final Field<Boolean> USED_TODAY =
            coalesce(field(WAY_IN.LAST_USED_ON.eq(TODAY)), false).as("used_today");

    private final Database database;
    private final BoundCertificates certificates;

    public JooqAccounts(Database database, ServerKey serverKey) {
        this.database = database;
        this.certificates = new BoundCertificates(serverKey);
    }

    @Override
    public Optional<Account> find(EmailAddress login, Optional<String> app) throws CannotTellException {
        return find(
                login,
                WAY_IN.KIND
                        .eq(kind(WayIn.Kind.PASSWORD))
                        .or(app.map(WAY_IN.LOOKUP::eq).orElse(falseCondition())));
    }

    Optional<Account> find(EmailAddress login, Condition which) throws CannotTellException {
        return database.ask(on -> on.select(WAY_IN.ID, WAY_IN.KIND, WAY_IN.RECORD, WAY_IN.LOCKED_KEY, USED_TODAY)
                        .select(BoundCertificates.THERAPISTS)
                        .from(WAY_IN)
                        .leftJoin(THERAPIST)
                        .on(THERAPIST.ADDRESS.eq(WAY_IN.USERNAME))
                        .where(WAY_IN.USERNAME.eq(login.canonical()), which)
                        // The app password goes before the login password.
                        .orderBy(WAY_IN.LOOKUP.nullsLast())
                        .limit(1)
                        .fetchOptional())
                .map(row -> new Account(login, wayIn(row), isKeyHere(row)));
    }

    private static WayIn wayIn(Record row) {
        return new WayIn(
                row.get(WAY_IN.ID),
                WayIn.Kind.valueOf(row.get(WAY_IN.KIND).toUpperCase(Locale.ROOT).replace('-', '_')),
                new KeyWrapping(
                        new PasswordRecord(row.get(WAY_IN.RECORD)),
                        Optional.ofNullable(row.get(WAY_IN.LOCKED_KEY)).map(LockedKey::new)),
                row.get(USED_TODAY));
    }

    /** Whoever has the database can write any custody, or take the therapist away: that no key is here is believed if it was bound. */
    private boolean isKeyHere(Record row) {
        return row.get(THERAPIST.ID) == null
                || WrongRows.unlessChanged(database, () -> certificates.therapist(row))
                        .map(therapist -> therapist.custody() == Custody.LOGIN)
                        .orElse(true);
    }

    /** As it stands in the column {@code kind}. */
    static String kind(WayIn.Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public void used(WayIn wayIn) throws CannotTellException {
        database.ask(on -> on.update(WAY_IN)
                .set(WAY_IN.LAST_USED_ON, TODAY)
                .where(WAY_IN.ID.eq(wayIn.id()), WAY_IN.LAST_USED_ON.isDistinctFrom(TODAY))
                .execute());
    }

    @Override
    public boolean rewrap(WayIn wayIn, KeyWrapping better) throws CannotTellException {
        return database.ask(on -> on.update(WAY_IN)
                        .set(WAY_IN.RECORD, better.record().phc())
                        .set(
                                WAY_IN.LOCKED_KEY,
                                better.locked().map(LockedKey::octets).orElse(null))
                        .where(
                                WAY_IN.ID.eq(wayIn.id()),
                                WAY_IN.RECORD.eq(wayIn.wrapping().record().phc()))
                        .execute())
                == 1;
    }
}
