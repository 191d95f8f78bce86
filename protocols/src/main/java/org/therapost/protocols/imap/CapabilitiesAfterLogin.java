package org.therapost.protocols.imap;

import java.util.Optional;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/** Tells after a login what is offered now (RFC 3501 sections 6.2.2 and 6.2.3), which saves every mail program a question. */
final class CapabilitiesAfterLogin extends ForwardingProcessor {

    private final Capabilities capabilities;

    CapabilitiesAfterLogin(ImapProcessor processor, Capabilities capabilities) {
        super(processor);
        this.capabilities = capabilities;
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        boolean login = message instanceof LoginRequest || message instanceof AuthenticateRequest;
        return processor.processReactive(message, login ? new Telling(responder, session) : responder, session);
    }

    private final class Telling implements Responder {

        private final Responder responder;
        private final ImapSession session;

        Telling(Responder responder, ImapSession session) {
            this.responder = responder;
            this.session = session;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            boolean done = message instanceof StatusResponse status
                    && status.getTag() != null
                    && status.getServerResponseType() == StatusResponse.Type.OK
                    && status.getCommand() != null;
            responder.respond(done ? told((StatusResponse) message) : message);
        }

        private StatusResponse told(StatusResponse completion) {
            String code =
                    Optional.ofNullable(capabilities.code(session).block()).orElse("");
            return new ImmutableStatusResponse(
                    StatusResponse.Type.OK,
                    completion.getTag(),
                    null,
                    new HumanReadableText(
                            "therapost.logged-in",
                            code + completion.getCommand().getName() + " completed."),
                    null);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
