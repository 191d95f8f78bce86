package org.therapost.domain.sessions.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.WindowKey;

/** Names a window. */
public record WindowId(UUID value) {

    /**
     * The id of a window that is planned now. The same step, decided again, gives the same id. A window
     * that replaces another one of its key gets another id.
     */
    public static WindowId of(ThreadId thread, WindowKey key, Instant opensAt, Instant planned) {
        String name = thread.value() + "\n" + key.uid() + "\n" + key.recurrenceId() + "\n" + opensAt + "\n" + planned;
        return new WindowId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
