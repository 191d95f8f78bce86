package org.therapost.server.imap;

import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Works on commands away from the I/O loop, and says when each is done. */
final class OneAtATime implements ImapProcessor {

    private final ImapProcessor processor;
    private final Scheduler scheduler;

    OneAtATime(ImapProcessor processor, Scheduler scheduler) {
        this.processor = processor;
        this.scheduler = scheduler;
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processor.process(message, responder, session);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        return Mono.defer(() -> processor.processReactive(message, responder, session))
                // James closes the connection of a session that has ended before it flushes the farewell.
                .doOnTerminate(responder::flush)
                .subscribeOn(scheduler)
                .doFinally(signal -> ((ReadingSession) session).answered());
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        processor.configure(configuration);
    }
}
