package org.therapost.storage.james.mailbox;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MailboxSessionUtil;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.apache.james.mailbox.model.Mailbox;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MessageId;
import org.apache.james.mailbox.store.mail.AttachmentMapper;
import org.apache.james.mailbox.store.mail.MailboxMapper;
import org.apache.james.mailbox.store.mail.MessageIdMapper;
import org.apache.james.mailbox.store.mail.MessageMapper;
import org.apache.james.mailbox.store.mail.model.MapperProvider;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.james.rows.UuidMessageId;

/** Our mappers, for James's contracts. */
public final class SealedMappers implements MapperProvider {

    private static final MailboxSession SESSION = MailboxSessionUtil.create(Username.of("benwa"));

    private final SealedMailbox mailbox;
    // Far from those that folders give out: the contracts bring UIDs without saying for which folder.
    private final AtomicLong uids = new AtomicLong(1_000_000);

    public SealedMappers(SealedMailbox mailbox) {
        this.mailbox = mailbox;
    }

    @Override
    public List<Capabilities> getSupportedCapabilities() {
        return List.of(
                Capabilities.ANNOTATION,
                Capabilities.MAILBOX,
                Capabilities.MESSAGE,
                Capabilities.MOVE,
                Capabilities.UNIQUE_MESSAGE_ID,
                Capabilities.THREAD_SAFE_FLAGS_UPDATE,
                Capabilities.ACL_STORAGE);
    }

    @Override
    public MailboxMapper createMailboxMapper() {
        return mailbox.mappers.createMailboxMapper(SESSION);
    }

    @Override
    public MessageMapper createMessageMapper() {
        return mailbox.mappers.createMessageMapper(SESSION);
    }

    @Override
    public MessageIdMapper createMessageIdMapper() {
        return mailbox.mappers.createMessageIdMapper(SESSION);
    }

    @Override
    public AttachmentMapper createAttachmentMapper() {
        throw new UnsupportedOperationException("attachments rest inside their sealed messages");
    }

    @Override
    public MailboxId generateId() {
        return new UuidMailboxId(UUID.randomUUID());
    }

    @Override
    public MessageUid generateMessageUid() {
        return MessageUid.of(uids.incrementAndGet());
    }

    @Override
    public ModSeq generateModSeq(Mailbox folder) throws MailboxException {
        try {
            return mailbox.mappers.getModSeqProvider().nextModSeq(folder);
        } catch (MailboxNotFoundException notThere) {
            // One contract asks for a folder that was never stored, and wants to see the failure later.
            return ModSeq.first().next();
        }
    }

    @Override
    public ModSeq highestModSeq(Mailbox folder) throws MailboxException {
        return mailbox.mappers.getModSeqProvider().highestModSeq(folder);
    }

    @Override
    public boolean supportPartialAttachmentFetch() {
        return false;
    }

    @Override
    public MessageId generateMessageId() {
        return new UuidMessageId.Factory().generate();
    }
}
