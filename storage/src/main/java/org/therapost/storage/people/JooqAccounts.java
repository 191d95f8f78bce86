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
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.WayIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.postgres.Database;

/** The logins in PostgreSQL. */
public final class JooqAccounts implements Accounts {

    private static final Field<LocalDate> TODAY = field("(now() at time zone 'UTC')::date", LocalDate.class);
    private static final Field<Boolean> USED_TODAY =
            coalesce(field(WAY_IN.LAST_USED_ON.eq(TODAY)), false).as("used_today");

    private final Database database;

    public JooqAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Account> find(EmailAddress login, Optional<String> app) throws CannotTellException {
        return find(
                database,
                login,
                WAY_IN.KIND
                        .eq(kind(WayIn.Kind.PASSWORD))
                        .or(app.map(WAY_IN.LOOKUP::eq).orElse(falseCondition())));
    }

    static Optional<Account> find(Database database, EmailAddress login, Condition which) throws CannotTellException {
        return database.ask(
                on -> on.select(WAY_IN.ID, WAY_IN.KIND, WAY_IN.RECORD, WAY_IN.LOCKED_KEY, USED_TODAY, THERAPIST.CUSTODY)
                        .from(WAY_IN)
                        .leftJoin(THERAPIST)
                        .on(THERAPIST.ADDRESS.eq(WAY_IN.USERNAME))
                        .where(WAY_IN.USERNAME.eq(login.canonical()), which)
                        // The app password goes before the login password.
                        .orderBy(WAY_IN.LOOKUP.nullsLast())
                        .limit(1)
                        .fetchOptional(row -> new Account(
                                login,
                                new WayIn(
                                        row.get(WAY_IN.ID),
                                        WayIn.Kind.valueOf(row.get(WAY_IN.KIND)
                                                .toUpperCase(Locale.ROOT)
                                                .replace('-', '_')),
                                        new KeyWrapping(
                                                new PasswordRecord(row.get(WAY_IN.RECORD)),
                                                Optional.ofNullable(row.get(WAY_IN.LOCKED_KEY))
                                                        .map(LockedKey::new)),
                                        row.get(USED_TODAY)),
                                "login".equals(row.get(THERAPIST.CUSTODY)))));
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
