package org.therapost.storage;

import java.util.Optional;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Mailboxes;

/** A client's mailbox as it was stored, maybe under older rules for addresses. */
public final class StoredMailbox {

    private StoredMailbox() {}

    /** The mailbox, or what stands for one that is refused now: one row must not keep a practice from working. */
    public static EmailAddress primary(String stored) {
        return read(stored).orElse(Mailboxes.REFUSED);
    }

    /** The mailbox; empty if it is refused now. */
    static Optional<EmailAddress> read(String stored) {
        try {
            return Optional.of(EmailAddress.of(stored));
        } catch (IllegalArgumentException refusedNow) {
            return Optional.empty();
        }
    }
}
