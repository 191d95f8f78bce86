package org.therapost.storage.james.content;

import java.io.IOException;
import java.util.Date;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.model.ThreadId;
import org.therapost.domain.sealing.MailStream;

/** A message of a folder, for whoever serves it; nothing is opened before it is asked for. */
public final class ServedMessage {

    private final SealedMailboxMessage message;

    public ServedMessage(SealedMailboxMessage message) {
        this.message = message;
    }

    public MessageUid uid() {
        return message.getUid();
    }

    public ModSeq modSeq() {
        return message.getModSeq();
    }

    /** A copy. */
    public Flags flags() {
        return message.createFlags();
    }

    public Date internalDate() {
        return message.getInternalDate();
    }

    public Optional<Date> saveDate() {
        return message.getSaveDate();
    }

    public MessageId id() {
        return message.getMessageId();
    }

    public ThreadId threadId() {
        return message.getThreadId();
    }

    /** Octets of the message, as they were stored with it. */
    public long size() {
        return message.getFullContentOctets();
    }

    /**
     * The header section.
     *
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    public byte[] header() throws IOException {
        return message.headerOctets();
    }

    /**
     * The whole message, every octet of it verified.
     *
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    public MailStream octets() throws IOException {
        return message.octets();
    }

    /**
     * The body of a part, which is kept for the next piece of it that is asked for; empty if there is none.
     *
     * @param path numbers as RFC 3501 section 6.4.5 has them
     * @throws UnopenableMessageException if the message does not open
     * @throws IOException if it cannot be read now
     */
    public Optional<byte[]> part(int... path) throws IOException {
        return message.part(path);
    }
}
