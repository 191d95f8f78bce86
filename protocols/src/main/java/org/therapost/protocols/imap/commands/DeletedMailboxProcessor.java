package org.therapost.protocols.imap.commands;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import reactor.core.publisher.Mono;

/** Ends a session whose selected folder somebody else has deleted (RFC 2180 section 3.3): nothing in it can be named any more. */
public final class DeletedMailboxProcessor extends ForwardingProcessor {

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public DeletedMailboxProcessor(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        if (selected == null || !selected.isDeletedByOtherSession()) {
            return processor.processReactive(message, responder, session);
        }
        responder.respond(answers.bye(
                new HumanReadableText("org.therapost.imap.FOLDER_GONE", "Selected mailbox has been deleted")));
        return session.logout();
    }
}
