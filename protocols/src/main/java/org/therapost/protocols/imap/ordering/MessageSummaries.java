package org.therapost.protocols.imap.ordering;

import java.util.Collection;
import java.util.List;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxId;
import org.therapost.domain.folders.MessageSummary;
import reactor.core.publisher.Mono;

/** Gives SORT and THREAD what messages are ordered by. */
public interface MessageSummaries {

    /** Some messages of a folder, by ascending UIDs; one that is gone is left out. */
    Mono<List<MessageSummary>> of(
            MailboxSession session, MailboxId folder, Collection<MessageUid> uids, MessageSummary.Extent extent);
}
