package org.therapost.protocols.imap.utf8;

import java.util.LinkedHashSet;
import java.util.Set;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.EnableRequest;
import org.apache.james.imap.message.response.EnableResponse;
import org.apache.james.imap.processor.EnableProcessor;
import reactor.core.publisher.Mono;

/** {@code ENABLE UTF8=ACCEPT} (RFC 6855 section 3), of which James's ENABLE knows nothing. */
public final class Utf8Accept implements ImapProcessor {

    public static final Capability CAPABILITY = Capability.of("UTF8=ACCEPT");

    private final ImapProcessor others;

    /** @param others answer ENABLE for all else */
    public Utf8Accept(ImapProcessor others) {
        this.others = others;
    }

    /** Whether the program has said that it takes UTF-8. */
    public static boolean isEnabled(ImapSession session) {
        return EnableProcessor.getEnabledCapabilities(session).contains(CAPABILITY);
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        others.configure(configuration);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        boolean enables = message instanceof EnableRequest enable
                && enable.getCapabilities().contains(CAPABILITY);
        return others.processReactive(message, enables ? new Enabling(responder, session) : responder, session);
    }

    /** James answers where ENABLE may be said at all. */
    private record Enabling(Responder responder, ImapSession session) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof EnableResponse enabled) {
                EnableProcessor.getEnabledCapabilities(session).add(CAPABILITY);
                Set<Capability> all = new LinkedHashSet<>(enabled.getCapabilities());
                all.add(CAPABILITY);
                responder.respond(new EnableResponse(all));
            } else {
                responder.respond(message);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
