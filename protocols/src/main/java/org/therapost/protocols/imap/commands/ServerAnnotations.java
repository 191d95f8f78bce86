package org.therapost.protocols.imap.commands;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.GetMetadataRequest;
import org.apache.james.imap.message.request.SetMetadataRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import reactor.core.publisher.Mono;

/**
 * Annotations of the server itself, under the empty name (RFC 5464 section 3): there are none, and none can be made. James looks for a folder of
 * that name.
 */
public final class ServerAnnotations extends ForwardingProcessor {

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public ServerAnnotations(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (session.getMailboxSession() != null) {
            if (message instanceof GetMetadataRequest get
                    && get.getMailboxName().isEmpty()) {
                return Mono.fromRunnable(() -> responder.respond(
                        answers.taggedOk(get.getTag(), get.getCommand(), HumanReadableText.COMPLETED)));
            }
            if (message instanceof SetMetadataRequest set
                    && set.getMailboxName().isEmpty()) {
                return Mono.fromRunnable(() -> responder.respond(refused(set)));
            }
        }
        return processor.processReactive(message, responder, session);
    }

    private static StatusResponse refused(ImapRequest request) {
        return new ImmutableStatusResponse(
                StatusResponse.Type.NO,
                request.getTag(),
                null,
                new HumanReadableText(
                        "therapost.server-annotation",
                        "[CANNOT] annotations of the server cannot be set; those of folders can"),
                null);
    }
}
