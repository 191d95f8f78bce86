package org.therapost.storage.james.ordering;

import java.time.Instant;
import java.util.List;

/**
 * What a message is sorted and threaded by. Texts are keys of {@code i;unicode-casemap}; what was not asked for is empty.
 *
 * @param arrival the internal date
 * @param sent the instant of {@code Date}, or that of its arrival if it has none that can be read
 * @param from the local part of the first address in {@code From}; so are {@code to} and {@code cc}
 * @param subject the base subject
 * @param replyOrForward whether the subject says that it is one
 * @param id the message's own identifier; empty if it has none
 * @param references identifiers of those above it, the nearest last
 */
public record SortedMessage(
        long uid,
        Instant arrival,
        long size,
        Instant sent,
        String from,
        String to,
        String cc,
        String subject,
        boolean replyOrForward,
        String id,
        List<String> references) {

    @Override
    public String toString() {
        return "SortedMessage[" + uid + "]";
    }

    /** By what anybody with the folder can see: nothing of it was read. */
    public static SortedMessage unread(long uid, Instant arrival, long size) {
        return new SortedMessage(uid, arrival, size, arrival, "", "", "", "", false, "", List.of());
    }

    /** With what its header says. */
    public SortedMessage with(HeaderText header) {
        BaseSubject base = BaseSubject.of(header.subject());
        return new SortedMessage(
                uid,
                arrival,
                size,
                header.date().orElse(arrival),
                UnicodeCasemap.key(EnvelopeMailboxes.first(header.from())),
                UnicodeCasemap.key(EnvelopeMailboxes.first(header.to())),
                UnicodeCasemap.key(EnvelopeMailboxes.first(header.cc())),
                UnicodeCasemap.key(base.text()),
                base.replyOrForward(),
                MessageIdFields.first(header.messageId()),
                MessageIdFields.above(header.references(), header.inReplyTo()));
    }
}
