package org.therapost.storage.sessions;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SpoolKey;

/** How values stand in columns: constants in lower case, people's own words sealed. */
final class Columns {

    private final SpoolKey spoolKey;

    Columns(SpoolKey spoolKey) {
        this.spoolKey = spoolKey;
    }

    static String text(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    static <E extends Enum<E>> E constant(Class<E> type, String text) {
        return Enum.valueOf(type, text.toUpperCase(Locale.ROOT));
    }

    byte @Nullable [] seal(Optional<String> words, String purpose) {
        return words.map(text -> spoolKey.seal(text, purpose)).orElse(null);
    }

    Optional<String> open(byte @Nullable [] sealed, String purpose) {
        if (sealed == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(spoolKey.openText(sealed, purpose));
        } catch (SealedException wrong) {
            throw new IllegalStateException(
                    "a column for " + purpose + " does not open: is this the spool key of this database?", wrong);
        }
    }
}
