package org.therapost.storage.james.ordering;

import java.time.Instant;
import java.util.Optional;

/** The fields of a header section that orders are made of, unfolded; those with words decoded (RFC 2047), addresses not. */
public record HeaderText(
        Optional<Instant> date,
        String from,
        String to,
        String cc,
        String subject,
        String messageId,
        String references,
        String inReplyTo) {

    @Override
    public String toString() {
        return "HeaderText";
    }
}
