package org.therapost.protocols.imap.session;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * Works on commands away from the I/O loop, and says when each is done. A command that breaks off gets its answer, unless part
 * of one was already given: then the connection ends.
 */
public final class SequentialCommandProcessor extends ForwardingProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(SequentialCommandProcessor.class);

    private final Scheduler scheduler;

    public SequentialCommandProcessor(ImapProcessor processor, Scheduler scheduler) {
        super(processor);
        this.scheduler = scheduler;
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processor.process(message, responder, session);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        Heard heard = new Heard(responder);
        Mono<Void> work = Mono.defer(() -> processor.processReactive(message, heard, session))
                .subscribeOn(scheduler);
        return CommandsInWork.ended(work)
                .onErrorResume(failure -> {
                    if (heard.anything || !(message instanceof ImapRequest request)) {
                        // James writes it to the log when it closes the connection.
                        return Mono.error(failure);
                    }
                    LOG.error("an IMAP command ended with an exception", failure);
                    return Mono.fromRunnable(() -> responder.respond(failed(request)));
                })
                // James closes the connection of a session that has ended before it flushes the farewell.
                .doOnTerminate(responder::flush)
                .doFinally(signal -> ((TherapostImapSession) session).answered());
    }

    /** RFC 5530: the mail program need not try again. */
    private static StatusResponse failed(ImapRequest request) {
        return new ImmutableStatusResponse(
                StatusResponse.Type.NO,
                request.getTag(),
                null,
                new HumanReadableText("therapost.failed", "[SERVERBUG] this cannot be done"),
                null);
    }

    private static final class Heard implements Responder {

        private final Responder responder;
        private volatile boolean anything;

        Heard(Responder responder) {
            this.responder = responder;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            anything = true;
            responder.respond(message);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
