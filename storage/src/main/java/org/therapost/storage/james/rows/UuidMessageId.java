package org.therapost.storage.james.rows;

import java.util.UUID;
import org.apache.james.mailbox.model.MessageId;

/** Names one message of the record in James's terms; safe to log. */
public record UuidMessageId(UUID value) implements MessageId {

    /** Makes new ids and reads what {@link #serialize()} wrote. */
    public static final class Factory implements MessageId.Factory {

        @Override
        public UuidMessageId fromString(String serialized) {
            return new UuidMessageId(UUID.fromString(serialized));
        }

        @Override
        public UuidMessageId generate() {
            return new UuidMessageId(UUID.randomUUID());
        }
    }

    public static UUID of(MessageId id) {
        return ((UuidMessageId) id).value();
    }

    @Override
    public String serialize() {
        return value.toString();
    }

    @Override
    public boolean isSerializable() {
        return true;
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
