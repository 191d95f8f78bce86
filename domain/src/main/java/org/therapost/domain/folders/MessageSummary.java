package org.therapost.domain.folders;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.mime.HeaderText;

/**
 * A message of a folder by its row, and by the header section that was opened for it.
 *
 * @param arrival the internal date
 * @param size octets of the message
 * @param header empty if nobody asked for it, or if the message does not open
 */
public record MessageSummary(long uid, Instant arrival, long size, Optional<HeaderText> header) {

    /** What is asked for. */
    public enum Extent {
        /** What anybody with the folder can see: nothing is opened. */
        ROW,
        /** The header section as well. */
        HEADER
    }

    @Override
    public String toString() {
        return "MessageSummary[" + uid + "]";
    }
}
