package org.therapost.domain.record;

import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.conversation.ThreadId;

/**
 * Something of the record that is not as the server wrote it.
 *
 * @param thread whose record; empty for what is in no thread
 * @param number of the message in its thread
 * @param message its id, where one is known
 */
public record RecordFinding(
        Optional<ThreadId> thread, Optional<Long> number, Optional<UUID> message, RecordFault fault) {

    /** Says it in one sentence, which names the thread and the message by their ids and nothing that was written. */
    public String sentence() {
        String which = message.map(id -> "message " + id).orElse("message");
        String where = thread.map(id -> "thread " + id.value() + ": ").orElse("outside of threads: ");
        String at = number.map(value -> "number " + value + " (" + which + ") ").orElse(which + " ");
        return switch (fault) {
            case HEAD_MISSING ->
                "thread " + thread.map(id -> id.value().toString()).orElse("-") + ": the record " + fault.sentence();
            default -> where + at + fault.sentence();
        };
    }
}
