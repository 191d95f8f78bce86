package org.therapost.protocols.imap.commands;

import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.AbstractMailboxProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.MessageManager;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxExistsException;
import org.apache.james.mailbox.model.MailboxConstants;
import org.apache.james.mailbox.model.MailboxId;
import org.apache.james.mailbox.model.MailboxPath;
import org.apache.james.mailbox.model.MessageRange;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.util.MDCBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * RENAME of INBOX moves its messages to a new folder; INBOX stays, and what is below it (RFC 3501 section 6.3.5). James gives the folder itself
 * away with all below it, also to the connections that have INBOX selected.
 */
public final class InboxRenameProcessor extends AbstractMailboxProcessor<RenameRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(InboxRenameProcessor.class);

    public InboxRenameProcessor(MailboxManager mailboxes, MetricFactory metrics) {
        super(RenameRequest.class, mailboxes, new UnpooledStatusResponseFactory(), metrics);
    }

    /** Whether it is about INBOX. */
    public static boolean isMeant(RenameRequest rename) {
        return rename.getExistingName().equalsIgnoreCase(MailboxConstants.INBOX);
    }

    @Override
    protected Mono<Void> processRequestReactive(RenameRequest rename, ImapSession session, Responder responder) {
        MailboxSession own = session.getMailboxSession();
        MailboxPath to = PathConverter.forSession(session).buildFullPath(rename.getNewName());
        return Mono.from(getMailboxManager().createMailboxReactive(to, own))
                .flatMap(made -> inbox(own).flatMap(inbox -> empty(inbox, made, own)))
                .then(unsolicitedResponses(session, responder, false))
                .then(Mono.fromRunnable(() -> okComplete(rename, responder)))
                .onErrorResume(
                        MailboxExistsException.class,
                        exists -> Mono.fromRunnable(() -> no(rename, responder, HumanReadableText.MAILBOX_EXISTS)))
                .onErrorResume(MailboxException.class, failed -> {
                    LOG.error("INBOX was not renamed: {}", failed.getClass().getSimpleName());
                    return Mono.fromRunnable(
                            () -> no(rename, responder, HumanReadableText.GENERIC_FAILURE_DURING_PROCESSING));
                })
                .then();
    }

    private Mono<MailboxId> inbox(MailboxSession own) {
        return Mono.from(getMailboxManager().getMailboxReactive(MailboxPath.inbox(own), own))
                .map(MessageManager::getId);
    }

    /** Messages that come while it is emptied stay in INBOX. */
    private Mono<Void> empty(MailboxId inbox, MailboxId made, MailboxSession own) {
        return Flux.from(getMailboxManager().moveMessagesReactive(MessageRange.all(), inbox, made, own))
                .then();
    }

    @Override
    protected MDCBuilder mdc(RenameRequest rename) {
        return MDCBuilder.create().addToContext(MDCBuilder.ACTION, "RENAME INBOX");
    }
}
