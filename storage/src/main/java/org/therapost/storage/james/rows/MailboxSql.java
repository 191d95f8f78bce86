package org.therapost.storage.james.rows;

import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.jooq.DSLContext;
import org.jooq.exception.DataAccessException;
import org.therapost.storage.postgres.Database;

/** Asks the database, and tells James in its own terms when there was no answer. */
public final class MailboxSql {

    // Deadlock and serialization failure: the transaction was rolled back as a whole and may be run again.
    private static final Set<String> AGAIN = Set.of("40P01", "40001");
    private static final int ATTEMPTS = 4;

    /** Statements that belong together. */
    public interface Work<T> {
        T run(DSLContext on) throws MailboxException;
    }

    private final Database database;

    public MailboxSql(Database database) {
        this.database = database;
    }

    /** Runs statements that are one transaction each. */
    public <T> T ask(Work<T> work) throws MailboxException {
        try {
            return work.run(database.sql());
        } catch (DataAccessException failed) {
            throw unanswered(failed);
        }
    }

    /** Runs statements in one transaction. */
    public <T> T transact(Work<T> work) throws MailboxException {
        for (int attempt = 1; ; attempt++) {
            try {
                return database.sql().transactionResult(transaction -> work.run(transaction.dsl()));
            } catch (DataAccessException failed) {
                // jOOQ wraps checked exceptions that end a transaction.
                if (failed.getCause() instanceof MailboxException own) {
                    throw own;
                }
                if (attempt == ATTEMPTS || !AGAIN.contains(failed.sqlState())) {
                    throw unanswered(failed);
                }
            }
        }
    }

    /**
     * What was found of a folder.
     *
     * @throws MailboxNotFoundException if the folder is gone
     */
    public static <T> T found(Optional<T> found, UUID mailbox) throws MailboxNotFoundException {
        return found.orElseThrow(() -> new MailboxNotFoundException(new UuidMailboxId(mailbox)));
    }

    private static MailboxException unanswered(DataAccessException failed) {
        return new MailboxException("the database did not answer (" + failed.sqlState() + ")", failed);
    }
}
