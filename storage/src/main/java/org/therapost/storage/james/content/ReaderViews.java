package org.therapost.storage.james.content;

import java.util.Optional;
import org.apache.james.core.Username;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.ReaderView;

/** Through whose eyes a James session sees sealed messages. */
@FunctionalInterface
public interface ReaderViews {

    /** The view of a reader while they have a session; empty otherwise. */
    Optional<ReaderView> of(Username reader);

    /** The views of readers who are logged in. */
    static ReaderViews of(ReaderLogins sessions) {
        return reader -> EmailAddress.parse(reader.asString()).toOptional().flatMap(sessions::view);
    }
}
