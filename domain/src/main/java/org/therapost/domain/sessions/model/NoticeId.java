package org.therapost.domain.sessions.model;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.therapost.domain.conversation.ThreadId;

/** Names a notice to the client whose delivery matters; its parcel has the same name. */
public record NoticeId(UUID value) {

    /** The name of the notice of that instant; the same step, decided again, gives the same name. */
    public static NoticeId of(ThreadId thread, Instant at) {
        String name = thread.value() + "\nnotice\n" + at;
        return new NoticeId(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)));
    }
}
