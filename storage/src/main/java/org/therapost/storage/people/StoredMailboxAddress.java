package org.therapost.storage.people;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.ClientMailboxes;

/** A client's mailbox as it was stored, maybe under older rules for addresses. */
public final class StoredMailboxAddress {

    private StoredMailboxAddress() {}

    /** The mailbox, or what stands for one that is refused now: one row must not keep a practice from working. */
    public static EmailAddress primary(String stored) {
        return read(stored).orElse(ClientMailboxes.REFUSED);
    }

    /** The mailbox; empty if it is refused now. */
    public static Optional<EmailAddress> read(String stored) {
        return EmailAddress.parse(stored).toOptional();
    }
}
