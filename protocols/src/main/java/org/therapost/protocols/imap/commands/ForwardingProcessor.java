package org.therapost.protocols.imap.commands;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import reactor.core.publisher.Mono;

/** Stands before James's processors: looks at commands, or at their answers, and forwards the rest as it is. */
public abstract class ForwardingProcessor implements ImapProcessor {

    /** What stands behind this. */
    public final ImapProcessor processor;

    public ForwardingProcessor(ImapProcessor processor) {
        this.processor = processor;
    }

    @Override
    public abstract Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session);

    @Override
    public void configure(ImapConfiguration configuration) {
        processor.configure(configuration);
    }
}
