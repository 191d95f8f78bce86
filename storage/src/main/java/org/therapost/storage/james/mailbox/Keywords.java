package org.therapost.storage.james.mailbox;

import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.mail.Flags;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SpoolKey;

/**
 * Keywords of messages. Mail programs make them of the names that people give to their tags, which can be a diagnosis:
 * they are stored sealed, each for itself.
 */
final class Keywords {

    private static final String PURPOSE = "message.keyword";

    private final SpoolKey key;

    Keywords(SpoolKey key) {
        this.key = key;
    }

    /** The keywords among some flags, as they are stored. */
    String[] seal(Flags flags) {
        return Stream.of(flags.getUserFlags())
                .map(keyword -> Base64.getEncoder().encodeToString(key.seal(keyword, PURPOSE)))
                .toArray(String[]::new);
    }

    /** Stored keywords. */
    List<String> open(Collection<String> sealed) {
        return sealed.stream().map(this::open).distinct().toList();
    }

    private String open(String sealed) {
        try {
            return key.openText(Base64.getDecoder().decode(sealed), PURPOSE);
        } catch (SealedException wrong) {
            throw new IllegalStateException("a keyword does not open: is this the server key of this database?", wrong);
        }
    }
}
