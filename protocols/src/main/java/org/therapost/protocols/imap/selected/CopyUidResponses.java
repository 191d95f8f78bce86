package org.therapost.protocols.imap.selected;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.response.ExistsResponse;
import org.apache.james.imap.message.response.ExpungeResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.imap.message.response.VanishedResponse;
import org.therapost.domain.folders.CopiedUids;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/**
 * COPYUID names the messages that were copied, by UIDs (RFC 4315 section 3); James repeats the set that was asked for, sequence
 * numbers, gaps and {@code 1:9223372036854775807} included. A COPY has it in its completion. A MOVE has it in an untagged OK before
 * the first EXPUNGE (RFC 6851 section 4.3), so that a mail program knows where a message is before it forgets where it was.
 */
public final class CopyUidResponses extends ForwardingProcessor {

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public CopyUidResponses(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof MoveRequest) {
            Moving moving = new Moving(responder, session);
            return processor.processReactive(message, moving, session).doOnTerminate(moving::pass);
        }
        return processor.processReactive(message, new Copying(responder, session), session);
    }

    /** What follows {@code [}; empty if nothing was copied. What the command has left in the session is taken in any case. */
    private static Optional<String> code(StatusResponse completion, ImapSession session) {
        Optional<CopiedUids> copied = Optional.ofNullable(session.getMailboxSession())
                .map(own -> (CopiedUids) own.getAttributes().remove(CopiedUids.class))
                .filter(some -> !some.uids().isEmpty());
        return copied.filter(some -> isCopyUid(completion))
                .map(some -> "COPYUID " + completion.getResponseCode().getNumber() + " " + some.sources() + " "
                        + some.targets() + "]");
    }

    private static boolean isCopyUid(StatusResponse completion) {
        ResponseCode code = completion.getResponseCode();
        return code != null && code.getCode().equals("COPYUID");
    }

    /** What James has made of the code is left out. */
    private static StatusResponse withoutCode(StatusResponse completion) {
        return isCopyUid(completion)
                ? new ImmutableStatusResponse(
                        completion.getServerResponseType(),
                        completion.getTag(),
                        completion.getCommand(),
                        completion.getTextKey(),
                        null)
                : completion;
    }

    private static HumanReadableText text(String text) {
        return new HumanReadableText("therapost.copyuid", text);
    }

    private record Copying(Responder responder, ImapSession session) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            responder.respond(
                    message instanceof StatusResponse status && status.getTag() != null ? exact(status) : message);
        }

        private StatusResponse exact(StatusResponse completion) {
            return code(completion, session)
                    .<StatusResponse>map(code -> new ImmutableStatusResponse(
                            completion.getServerResponseType(),
                            completion.getTag(),
                            null,
                            text("[" + code + " " + completion.getCommand().getName() + " completed."),
                            null))
                    .orElseGet(() -> withoutCode(completion));
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }

    /** Keeps what a MOVE tells until its completion: only there James says which UIDVALIDITY the other folder has. */
    private final class Moving implements Responder {

        private final Responder responder;
        private final ImapSession session;
        private final long known;
        private final List<ImapResponseMessage> kept = new ArrayList<>();

        Moving(Responder responder, ImapSession session) {
            this.responder = responder;
            this.session = session;
            this.known =
                    session.getSelected() == null ? 0 : session.getSelected().existsCount();
        }

        @Override
        public synchronized void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                code(status, session)
                        .ifPresent(code -> responder.respond(answers.untaggedOk(text("[" + code + " moved"))));
                pass();
                responder.respond(withoutCode(status));
            } else {
                kept.add(message);
            }
        }

        /** The folder counts it as told: it is told whatever becomes of the command. */
        synchronized void pass() {
            existsBehindExpunged();
            kept.forEach(responder::respond);
            kept.clear();
        }

        /** In a MOVE to its own folder a message goes, then comes: James tells of the new ones first, with those that go. */
        private void existsBehindExpunged() {
            if (kept.isEmpty() || !(kept.get(0) instanceof ExistsResponse exists)) {
                return;
            }
            List<ImapResponseMessage> expunged = kept.stream()
                    .skip(1)
                    .takeWhile(told -> told instanceof ExpungeResponse || told instanceof VanishedResponse)
                    .toList();
            long left = known;
            long gone = 0;
            for (ImapResponseMessage told : expunged) {
                if (told instanceof ExpungeResponse one && number(one) > left--) {
                    // It came meanwhile: without EXISTS it has no number yet.
                    return;
                }
                gone += told instanceof VanishedResponse some ? count(some) : 1;
            }
            kept.remove(0);
            kept.add(expunged.size(), new ExistsResponse(exists.getNumberOfMessages() - gone));
        }

        private static long number(ExpungeResponse expunged) {
            return expunged.getMessageSequenceNumber().asInt().orElse(Integer.MAX_VALUE);
        }

        private static long count(VanishedResponse vanished) {
            return Stream.of(vanished.getUids())
                    .mapToLong(range ->
                            range.getHighVal().asLong() - range.getLowVal().asLong() + 1)
                    .sum();
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
