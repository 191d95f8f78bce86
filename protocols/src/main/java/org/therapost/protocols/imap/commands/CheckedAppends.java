package org.therapost.protocols.imap.commands;

import java.io.IOException;
import java.io.InputStream;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.therapost.domain.answers.RefusedException;
import reactor.core.publisher.Mono;

/**
 * APPEND within the limits of mail from outside: what is stored is parsed again by recursive parsers, here for
 * BODYSTRUCTURE and in every mail program.
 */
public final class CheckedAppends implements ImapProcessor {

    private final ImapProcessor others;
    private final Check limits;

    /** The limits of mail from outside. */
    public interface Check {

        /** @throws RefusedException if the message is beyond them */
        void check(InputStream octets) throws RefusedException;
    }

    /** @param others for all that is in order */
    public CheckedAppends(ImapProcessor others, Check limits) {
        this.others = others;
        this.limits = limits;
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processReactive(message, responder, session).block();
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof AppendRequest append && !inOrder(append)) {
            // RFC 9051 section 7.1
            return Mono.fromRunnable(() -> responder.respond(new ImmutableStatusResponse(
                    StatusResponse.Type.NO,
                    append.getTag(),
                    null,
                    new HumanReadableText("therapost.append", "[LIMIT] the message is too complex or malformed"),
                    null)));
        }
        return others.processReactive(message, responder, session);
    }

    private boolean inOrder(AppendRequest append) {
        try (InputStream octets = append.getMessage().getInputStream()) {
            limits.check(octets);
            return true;
        } catch (RefusedException | IOException broken) {
            return false;
        }
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        others.configure(configuration);
    }
}
