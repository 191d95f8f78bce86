package org.therapost.protocols.imap.fetch;

import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;
import reactor.core.publisher.Flux;

/** Gives FETCH the messages of a folder. */
public interface ServedMessages {

    /**
     * Messages of a folder by their UIDs, in ascending order.
     *
     * @param wanted what of them will be asked for, so that it is loaded for many at a time
     */
    Flux<ServedMessage> in(MessageManager folder, MessageRange range, FetchType wanted, MailboxSession session);
}
