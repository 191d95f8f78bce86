package org.therapost.domain.record;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a verification of the record saw.
 *
 * @param threads how many chains it followed
 * @param messages how many messages it compared, those outside of threads included
 * @param tombstones how many entries stand for messages that were erased
 * @param chainedAt when the oldest chain was begun for messages that had been accepted before; what is older is chained since
 *     then and not before; empty if every message was chained as it was accepted
 * @param findings what is wrong; nothing, if it is empty
 */
public record RecordReport(
        long threads, long messages, long tombstones, Optional<Instant> chainedAt, List<RecordFinding> findings) {

    public RecordReport {
        findings = List.copyOf(findings);
    }
}
