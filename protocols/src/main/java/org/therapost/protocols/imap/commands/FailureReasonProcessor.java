package org.therapost.protocols.imap.commands;

import java.util.Optional;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.mailbox.MailboxSession;
import org.therapost.domain.folders.FailureReason;
import reactor.core.publisher.Mono;

/** Says why, where James only says NO. */
public final class FailureReasonProcessor extends ForwardingProcessor {

    public FailureReasonProcessor(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        return processor.processReactive(message, new Explaining(responder, session), session);
    }

    private static Optional<FailureReason> taken(MailboxSession session) {
        return Optional.ofNullable((FailureReason) session.getAttributes().remove(FailureReason.class));
    }

    private record Explaining(Responder responder, ImapSession session) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            boolean no = message instanceof StatusResponse status
                    && status.getTag() != null
                    && status.getServerResponseType() == StatusResponse.Type.NO;
            Optional<FailureReason> why = no
                    ? Optional.ofNullable(session.getMailboxSession()).flatMap(FailureReasonProcessor::taken)
                    : Optional.empty();
            responder.respond(why.<ImapResponseMessage>map(reason -> explained((StatusResponse) message, reason))
                    .orElse(message));
        }

        private static StatusResponse explained(StatusResponse failed, FailureReason why) {
            // James knows one of these codes and writes neither for these commands.
            String text =
                    switch (why) {
                        case OVERQUOTA -> "[OVERQUOTA] there is no room for it";
                        case CANNOT -> "[CANNOT] only the program that has the key can search this text";
                    };
            return new ImmutableStatusResponse(
                    StatusResponse.Type.NO,
                    failed.getTag(),
                    null,
                    new HumanReadableText("therapost.why-not", text),
                    null);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
