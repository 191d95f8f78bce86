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
 * @param size octets of the message as IMAP serves it
 * @param headerSize octets of its header section as IMAP serves it
 */
public record MailboxMessageRow(
        UUID mailbox,
        long uid,
        long modseq,
        UUID message,
        Instant internalDate,
        Optional<Instant> saveDate,
        Flags flags,
        UUID conversation,
        int size,
        int headerSize) {

    public MessageMetaData metaData() {
        return new MessageMetaData(
                MessageUid.of(uid),
                ModSeq.of(modseq),
                new Flags(flags),
                size,
                Date.from(internalDate),
                saveDate.map(Date::from),
                new UuidMessageId(message),
                ThreadId.fromBaseMessageId(new UuidMessageId(conversation)));
    }
}
