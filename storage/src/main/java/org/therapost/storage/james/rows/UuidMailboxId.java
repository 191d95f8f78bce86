package org.therapost.storage.james.rows;

import java.util.UUID;
import org.apache.james.mailbox.model.MailboxId;

/** Names one folder; safe to log. */
public record UuidMailboxId(UUID value) implements MailboxId {

    /** Reads what {@link #serialize()} wrote. */
    public static final class Factory implements MailboxId.Factory {

        @Override
        public UuidMailboxId fromString(String serialized) {
            return new UuidMailboxId(UUID.fromString(serialized));
        }
    }

    public static UUID of(MailboxId id) {
        return ((UuidMailboxId) id).value();
    }

    @Override
    public String serialize() {
        return value.toString();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
