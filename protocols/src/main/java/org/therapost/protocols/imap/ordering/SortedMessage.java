package org.therapost.protocols.imap.ordering;

import java.time.Instant;
import java.util.List;
import org.therapost.domain.folders.MessageSummary;
import org.therapost.domain.mime.HeaderText;

/**
 * What a message is sorted and threaded by. Texts are keys of {@code i;unicode-casemap}; what was not asked for is empty.
 *
 * @param entry what anybody with the folder can see
 * @param sent the instant of {@code Date}, or that of its arrival if it has none that can be read
 * @param people the local part of the first address in each field
 * @param base the base subject
 * @param id the message's own identifier; empty if it has none
 * @param references identifiers of those above it, the nearest last
 */
record SortedMessage(
        Entry entry,
        Instant sent,
        HeaderText.Correspondents people,
        BaseSubject base,
        String id,
        List<String> references) {

    /** @param arrival the internal date */
    public record Entry(long uid, Instant arrival, long size) {}

    public long uid() {
        return entry.uid();
    }

    public Instant arrival() {
        return entry.arrival();
    }

    public long size() {
        return entry.size();
    }

    public String from() {
        return people.from();
    }

    public String to() {
        return people.to();
    }

    public String cc() {
        return people.cc();
    }

    public String subject() {
        return base.text();
    }

    /** Whether the subject says that it is one. */
    public boolean replyOrForward() {
        return base.replyOrForward();
    }

    @Override
    public String toString() {
        return "SortedMessage[" + uid() + "]";
    }

    /** From what the store says of it. */
    static SortedMessage of(MessageSummary summary) {
        SortedMessage unread = unread(summary.uid(), summary.arrival(), summary.size());
        return summary.header().map(unread::with).orElse(unread);
    }

    /** By what anybody with the folder can see: nothing of it was read. */
    static SortedMessage unread(long uid, Instant arrival, long size) {
        return new SortedMessage(
                new Entry(uid, arrival, size),
                arrival,
                HeaderText.Correspondents.NOBODY,
                new BaseSubject("", false),
                "",
                List.of());
    }

    /** With what its header says. */
    SortedMessage with(HeaderText header) {
        BaseSubject found = BaseSubject.of(header.subject());
        HeaderText.Identifiers identifiers = header.identifiers();
        return new SortedMessage(
                entry,
                header.date().orElse(arrival()),
                new HeaderText.Correspondents(
                        first(header.people().from()),
                        first(header.people().to()),
                        first(header.people().cc())),
                new BaseSubject(UnicodeCasemap.key(found.text()), found.replyOrForward()),
                MessageIdFields.first(identifiers.messageId()),
                MessageIdFields.above(identifiers.references(), identifiers.inReplyTo()));
    }

    private static String first(String addresses) {
        return UnicodeCasemap.key(EnvelopeMailboxes.first(addresses));
    }
}
