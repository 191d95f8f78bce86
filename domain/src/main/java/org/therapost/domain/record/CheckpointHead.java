package org.therapost.domain.record;

import org.therapost.domain.conversation.ThreadId;

/**
 * The end of a thread's chain when a checkpoint was made.
 *
 * @param number of the last message; 0 if there was none
 * @param tag of that message; empty if there was none
 */
public record CheckpointHead(ThreadId thread, long number, byte[] tag) {

    @Override
    public String toString() {
        return "CheckpointHead[" + thread.value() + " " + number + "]";
    }
}
