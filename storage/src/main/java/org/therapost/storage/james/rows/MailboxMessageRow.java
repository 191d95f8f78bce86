package org.therapost.storage.james.rows;

import java.time.Instant;
import java.util.Date;
import java.util.Optional;
import java.util.UUID;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageMetaData;
import org.apache.james.mailbox.model.ThreadId;

/**
 * A message as one folder shows it.
 *
 * @param conversation the thread of RFC 8474 to which it belongs
 */
public record MailboxMessageRow(Place place, UUID message, UUID conversation, Dates dates, Flags flags, Sizes sizes) {

    /** Where it stands in its folder. */
    public record Place(UUID mailbox, long uid, long modseq) {}

    /**
     * When it came.
     *
     * @param saved when it came into this folder (RFC 8514); empty if that is not known
     */
    public record Dates(Instant internal, Optional<Instant> saved) {}

    /**
     * Octets as IMAP serves them.
     *
     * @param header of the header section
     */
    public record Sizes(int message, int header) {}

    public UUID mailbox() {
        return place.mailbox();
    }

    public long uid() {
        return place.uid();
    }

    public long modseq() {
        return place.modseq();
    }

    public Instant internalDate() {
        return dates.internal();
    }

    public Optional<Instant> saveDate() {
        return dates.saved();
    }

    /** Octets of the message as IMAP serves it. */
    public int size() {
        return sizes.message();
    }

    /** Octets of its header section as IMAP serves it. */
    public int headerSize() {
        return sizes.header();
    }

    public MessageMetaData metaData() {
        return new MessageMetaData(
                MessageUid.of(uid()),
                ModSeq.of(modseq()),
                new Flags(flags),
                size(),
                Date.from(internalDate()),
                saveDate().map(Date::from),
                new UuidMessageId(message),
                ThreadId.fromBaseMessageId(new UuidMessageId(conversation)));
    }
}
