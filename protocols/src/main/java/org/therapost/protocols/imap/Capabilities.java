package org.therapost.protocols.imap;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CapabilityRequest;
import org.apache.james.imap.message.response.CapabilityResponse;
import reactor.core.publisher.Mono;

/** What is offered in the state that a session is in, as CAPABILITY itself would tell. */
final class Capabilities {

    private static final Tag NOBODYS = new Tag("c");

    private final ImapProcessor processor;

    /** @param processor answers CAPABILITY at once */
    Capabilities(ImapProcessor processor) {
        this.processor = processor;
    }

    /** James writes IMAP4rev1 in capitals, and in any place. */
    private static final String IMAP = "IMAP4rev1";

    /** {@code [CAPABILITY ...]} and a space (RFC 3501 section 7.1); empty if nothing could be said. */
    Mono<String> code(ImapSession session) {
        AtomicReference<String> told = new AtomicReference<>("");
        return processor
                .processReactive(
                        new CapabilityRequest(NOBODYS),
                        new ImapProcessor.Responder() {
                            @Override
                            public void respond(ImapResponseMessage message) {
                                if (message instanceof CapabilityResponse capabilities) {
                                    told.set(capabilities.getCapabilities().stream()
                                            .map(Capability::asString)
                                            .filter(capability -> !capability.equalsIgnoreCase(IMAP))
                                            .sorted()
                                            .collect(Collectors.joining(" ", "[CAPABILITY " + IMAP + " ", "] ")));
                                }
                            }

                            @Override
                            public void flush() {
                                // Nothing was written.
                            }
                        },
                        session)
                .then(Mono.fromCallable(() -> Objects.requireNonNull(told.get())));
    }
}
