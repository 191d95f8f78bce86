package org.therapost.protocols.imap.selected;

import java.util.Collection;
import java.util.List;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.main.PathConverter;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.model.MailboxPath;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/**
 * SELECT and EXAMINE that begin anew (RFC 9051 section 6.3.2). James goes on with the old picture of a folder that was
 * selected before, and leaves a folder half selected, in which there are no messages, when the database fails meanwhile: a mail
 * program that tried again would take it for empty. And how many messages there are James counts at another moment than
 * it lists them.
 */
public final class SelectProcessor extends ForwardingProcessor {

    public SelectProcessor(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (!(message instanceof AbstractMailboxSelectionRequest request)) {
            return processor.processReactive(message, responder, session);
        }
        return closeSame(request, session).defaultIfEmpty(List.of()).flatMap(recent -> {
            Selecting selecting = new Selecting(responder, session, session.getSelected(), recent);
            return processor.processReactive(message, selecting, session).then(Mono.defer(selecting::end));
        });
    }

    /** Closes the folder if it is the one that is selected now; what was recent in it stays so for this connection. */
    private static Mono<Collection<MessageUid>> closeSame(
            AbstractMailboxSelectionRequest request, ImapSession session) {
        SelectedMailbox selected = session.getSelected();
        if (selected == null) {
            return Mono.empty();
        }
        MailboxPath asked = PathConverter.forSession(session).buildFullPath(request.getMailboxName());
        return selected.getPathReactive()
                // A folder that is gone is another one by now.
                .onErrorResume(gone -> Mono.empty())
                .filter(asked::equals)
                .map(same -> selected.getRecent())
                .flatMap(recent -> session.deselect().thenReturn(recent));
    }

    private static final class Selecting implements Responder {

        private final Responder responder;
        private final ImapSession session;
        private final @Nullable SelectedMailbox before;
        private final Collection<MessageUid> recent;
        private boolean done;

        Selecting(
                Responder responder,
                ImapSession session,
                @Nullable SelectedMailbox before,
                Collection<MessageUid> recent) {
            this.responder = responder;
            this.session = session;
            this.before = before;
            this.recent = recent;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                done = status.getServerResponseType() == StatusResponse.Type.OK;
            }
            if (message instanceof ExistsResponse && session.getSelected() instanceof AnnouncedFolder folder) {
                recent.stream()
                        .filter(uid -> folder.msn(uid).asInt().isPresent())
                        .forEach(folder::addRecent);
                responder.respond(new ExistsResponse(folder.announce()));
            } else {
                responder.respond(message);
            }
        }

        Mono<Void> end() {
            return done || session.getSelected() == before ? Mono.empty() : session.deselect();
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
