package org.therapost.domain.sessions;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.therapost.domain.conversation.ThreadId;

/** Names a window. */
public record WindowId(UUID value) {

    /**
     * The name of a window that is planned now. The same step, decided again, gives the same name; a window that takes the
     * place of another one of its key gets a name of its own.
     */
    public static WindowId of(ThreadId thread, WindowKey key, Instant opensAt, Instant planned) {
        String name = thread.value() + "\n" + key.uid() + "\n" + key.recurrenceId() + "\n" + opensAt + "\n" + planned;
        return new WindowId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
