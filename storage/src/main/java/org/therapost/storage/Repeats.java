package org.therapost.storage;

import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jooq.exception.DataAccessException;
import org.therapost.domain.conversation.FiledBeforeException;
import org.therapost.storage.generated.Keys;

/** Notices a message that is in the record already: its name is the key of two tables. */
final class Repeats {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final Pattern KEYS =
            Pattern.compile("\\b(" + Keys.MESSAGE_PK.getName() + "|" + Keys.MESSAGE_KEY_PK.getName() + ")\\b");

    private Repeats() {}

    /**
     * Inserts a message.
     *
     * @throws FiledBeforeException if it is there; the transaction is lost then
     */
    static <T> T noticed(Supplier<T> insertion) {
        try {
            return insertion.get();
        } catch (DataAccessException failed) {
            // The driver gives no details of what the server said, so that none reach a log: its words name the key.
            String words = String.valueOf(failed.getMessage());
            if (UNIQUE_VIOLATION.equals(failed.sqlState())
                    && KEYS.matcher(words).find()) {
                throw new FiledBeforeException();
            }
            throw failed;
        }
    }
}
