package org.therapost.protocols.imap.selected;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CheckRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.IdleRequest;
import org.apache.james.imap.message.request.NoopRequest;
import org.apache.james.imap.message.request.RenameRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.processor.IdleProcessor;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.metrics.api.MetricFactory;
import org.therapost.protocols.imap.commands.InboxRenameProcessor;
import org.therapost.protocols.imap.fetch.SealedFetchProcessor;
import org.therapost.protocols.imap.fetch.ServedMessages;
import reactor.core.publisher.Mono;

/**
 * James's processors, with a FETCH of our own, and an IDLE that pushes flags too. James's own looks for changed flags before it has taken note of the
 * event that brings them, and then forgets them: a message read on the desk would stay unread on the phone. And IDLE says
 * again what a mail program may not have noticed before.
 */
public final class IdlePush implements ImapProcessor {

    private final ImapProcessor others;
    private final ImapProcessor idle;
    private final ImapProcessor fetch;
    private final ImapProcessor inboxRename;

    /** @param others James's processors, for all other commands */
    public IdlePush(ImapProcessor others, MailboxManager mailboxes, ServedMessages messages, MetricFactory metrics) {
        this.others = others;
        this.idle = new LateLook(mailboxes, metrics);
        this.fetch = new SealedFetchProcessor(mailboxes, messages, metrics);
        this.inboxRename = new InboxRenameProcessor(mailboxes, metrics);
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        begin(message, session);
        processor(message).process(message, responder, session);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        begin(message, session);
        return processor(message).processReactive(message, responder, session);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        others.configure(configuration);
        idle.configure(configuration);
        fetch.configure(configuration);
        inboxRename.configure(configuration);
    }

    private static void begin(ImapMessage message, ImapSession session) {
        if (session.getSelected() instanceof AnnouncedFolder folder) {
            if (message instanceof IdleRequest) {
                folder.beginIdle();
            } else {
                folder.begin(message instanceof NoopRequest || message instanceof CheckRequest);
            }
        }
    }

    private ImapProcessor processor(ImapMessage message) {
        if (message instanceof RenameRequest rename && InboxRenameProcessor.isMeant(rename)) {
            return inboxRename;
        }
        return message instanceof IdleRequest ? idle : message instanceof FetchRequest ? fetch : others;
    }

    private static final class LateLook extends IdleProcessor {

        LateLook(MailboxManager mailboxes, MetricFactory metrics) {
            super(mailboxes, new UnpooledStatusResponseFactory(), metrics);
        }

        @Override
        protected Mono<Void> unsolicitedResponses(ImapSession session, Responder responder, boolean useUids) {
            return Mono.defer(() -> super.unsolicitedResponses(session, responder, useUids));
        }
    }
}
