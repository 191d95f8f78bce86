package org.therapost.storage.james.data;

import static org.therapost.storage.generated.Tables.ACCOUNT;
import static org.therapost.storage.generated.Tables.WAY_IN;

import java.util.Iterator;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.james.core.Username;
import org.apache.james.user.api.AlreadyExistInUsersRepositoryException;
import org.apache.james.user.api.UsersRepositoryException;
import org.apache.james.user.api.model.User;
import org.apache.james.user.lib.UsersDAO;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.storage.postgres.Database;

/**
 * Accounts on the table {@code account}. James compares user names in lower case, and so are they stored. Therapists are
 * enrolled elsewhere, with their keys; an account added here alone can log in but has nothing to read.
 */
public final class PostgresUsersDAO implements UsersDAO {

    private static final String PASSWORD = "password";
    private static final Condition IS_PASSWORD = WAY_IN.KIND.eq(PASSWORD);

    private final Database database;
    private final Passwords passwords;

    public PostgresUsersDAO(Database database, Passwords passwords) {
        this.database = database;
        this.passwords = passwords;
    }

    @Override
    public boolean getDefaultVirtualHostingValue() {
        return true;
    }

    @Override
    public Optional<User> getUserByName(Username name) throws UsersRepositoryException {
        return answered(() -> database.sql()
                .select(WAY_IN.RECORD)
                .from(WAY_IN)
                .where(WAY_IN.USERNAME.eq(name.asString()), IS_PASSWORD)
                .fetchOptional(row -> new AccountUser(name, new PasswordRecord(row.value1()), passwords)));
    }

    @Override
    public void updateUser(User user) throws UsersRepositoryException {
        if (!(user instanceof AccountUser account)) {
            throw new UsersRepositoryException("the user is of another repository");
        }
        int updated = answered(() -> database.sql()
                .update(WAY_IN)
                .set(WAY_IN.RECORD, account.record().phc())
                .where(WAY_IN.USERNAME.eq(user.getUserName().asString()), IS_PASSWORD, WAY_IN.LOCKED_KEY.isNull())
                .execute());
        if (updated == 0) {
            // A record without the key that it opens would shut a therapist out: those change by the journeys of
            // access.
            throw new UsersRepositoryException("there is no such user without a key");
        }
    }

    @Override
    public void removeUser(Username name) throws UsersRepositoryException {
        int removed = answered(() -> database.sql()
                .deleteFrom(ACCOUNT)
                .where(ACCOUNT.USERNAME.eq(name.asString()))
                .execute());
        if (removed == 0) {
            throw new UsersRepositoryException("the user does not exist");
        }
    }

    @Override
    public boolean contains(Username name) throws UsersRepositoryException {
        return answered(() -> database.sql().fetchExists(ACCOUNT, ACCOUNT.USERNAME.eq(name.asString())));
    }

    @Override
    public int countUsers() throws UsersRepositoryException {
        return answered(() -> database.sql().fetchCount(ACCOUNT));
    }

    @Override
    public Iterator<Username> list() throws UsersRepositoryException {
        return answered(() -> database.sql()
                        .select(ACCOUNT.USERNAME)
                        .from(ACCOUNT)
                        .orderBy(ACCOUNT.USERNAME)
                        .fetch(row -> Username.of(row.value1())))
                .iterator();
    }

    @Override
    public void addUser(Username name, String password) throws UsersRepositoryException {
        PasswordRecord record =
                passwords.wrap(Password.offered(password), Optional.empty()).record();
        boolean added = answered(() -> database.sql().transactionResult(transaction -> {
            DSLContext tx = transaction.dsl();
            int rows = tx.insertInto(ACCOUNT)
                    .set(ACCOUNT.USERNAME, name.asString())
                    .onConflictDoNothing()
                    .execute();
            if (rows == 1) {
                tx.insertInto(WAY_IN)
                        .set(WAY_IN.USERNAME, name.asString())
                        .set(WAY_IN.KIND, PASSWORD)
                        .set(WAY_IN.RECORD, record.phc())
                        .execute();
            }
            return rows == 1;
        }));
        if (!added) {
            throw new AlreadyExistInUsersRepositoryException("the user exists already");
        }
    }

    private static <T> T answered(Supplier<T> question) throws UsersRepositoryException {
        try {
            return question.get();
        } catch (DataAccessException away) {
            throw new UsersRepositoryException("the database did not answer (" + away.sqlState() + ")", away);
        }
    }
}
