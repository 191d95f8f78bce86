package org.therapost.storage.james.mailbox;

import java.util.Optional;
import org.apache.james.core.Username;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.ReaderSessions;
import org.therapost.domain.sealing.ReadingView;

/** Through whose eyes a James session sees sealed messages. */
@FunctionalInterface
public interface ReadingViews {

    /** The view of a reader while they have a session; empty otherwise. */
    Optional<ReadingView> of(Username reader);

    /** The views of readers who are logged in. */
    static ReadingViews of(ReaderSessions sessions) {
        return reader -> {
            try {
                return sessions.view(EmailAddress.of(reader.asString()));
            } catch (IllegalArgumentException noAddress) {
                return Optional.empty();
            }
        };
    }
}
