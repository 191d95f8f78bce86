package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.ACCOUNT;
import static org.therapost.storage.generated.Tables.THERAPIST;

import java.util.Optional;
import org.therapost.domain.access.Account;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.postgres.Database;

/** The logins in PostgreSQL. */
public final class JooqAccounts implements Accounts {

    private final Database database;

    public JooqAccounts(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Account> find(EmailAddress login) throws CannotTellException {
        return database.ask(on -> on.select(ACCOUNT.PASSWORD, THERAPIST.LOCKED_KEY)
                .from(ACCOUNT)
                .leftJoin(THERAPIST)
                .on(THERAPIST.ADDRESS.eq(ACCOUNT.USERNAME))
                .where(ACCOUNT.USERNAME.eq(login.canonical()))
                .fetchOptional(row -> new Account(
                        login,
                        new PasswordRecord(row.get(ACCOUNT.PASSWORD)),
                        Optional.ofNullable(row.get(THERAPIST.LOCKED_KEY)).map(LockedKey::new))));
    }
}
