package org.therapost.storage.store;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jooq.exception.DataAccessException;
import org.therapost.storage.generated.Indexes;
import org.therapost.storage.generated.Keys;

/** Notices a message that is in the record already: its name is the key of three tables. */
final class DuplicateMessages {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Pattern KEYS = Pattern.compile("\\b(" + Keys.MESSAGE_PK.getName() + "|"
            + Keys.MESSAGE_KEY_PK.getName() + "|" + Indexes.RECORD_ENTRY_MESSAGE.getName() + ")\\b");

    private DuplicateMessages() {}

    /**
     * Inserts a message.
     *
     * @throws NotFiledException if it is there; the transaction is lost then
     */
    static <T> T noticed(Supplier<T> insertion) throws NotFiledException {
        try {
            return insertion.get();
        } catch (DataAccessException failed) {
            // The driver gives no details of what the server said, so that none reach a log: its words name the key.
            String words = String.valueOf(failed.getMessage());
            if (UNIQUE_VIOLATION.equals(failed.sqlState())
                    && KEYS.matcher(words).find()) {
                throw new NotFiledException(NotFiledException.Why.IN_THE_RECORD);
            }
            throw failed;
        }
    }
}
