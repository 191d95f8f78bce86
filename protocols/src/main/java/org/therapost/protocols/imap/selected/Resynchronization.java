package org.therapost.protocols.imap.selected;

import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.AbstractMailboxSelectionRequest;
import org.apache.james.imap.message.request.ExamineRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.SelectRequest;
import org.apache.james.imap.message.response.VanishedResponse;
import org.apache.james.mailbox.MessageUid;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/**
 * Quick resynchronization (RFC 7162 section 3.2.5) that can be relied on. James's own tells of no changed flags, and of expunged
 * messages only between those that are left: a mail program that believed it would keep ghosts.
 */
public final class Resynchronization extends ForwardingProcessor {

    public Resynchronization(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (!(message instanceof AbstractMailboxSelectionRequest request)
                || request.getLastKnownUidValidity().isUnknown()) {
            return processor.processReactive(message, responder, session);
        }
        Selecting selecting = new Selecting(responder);
        return processor
                .processReactive(withoutUids(request), selecting, session)
                .then(Mono.defer(() -> selecting.selected() ? news(request, selecting, session) : Mono.empty()))
                .then(Mono.fromRunnable(selecting::complete));
    }

    private Mono<Void> news(AbstractMailboxSelectionRequest request, Selecting selecting, ImapSession session) {
        SelectedMailbox folder = session.getSelected();
        UidRange[] vanished = VanishedUids.from(folder, known(request, selecting));
        if (vanished.length > 0) {
            selecting.responder.respond(new VanishedResponse(vanished, true));
        }
        if (folder.existsCount() == 0) {
            return Mono.empty();
        }
        FetchRequest changes = new FetchRequest(
                true,
                new IdRange[] {new IdRange(1, Long.MAX_VALUE)},
                FetchData.builder()
                        .fetch(FetchData.Item.UID, FetchData.Item.FLAGS)
                        .changedSince(request.getKnownModSeq())
                        .build(),
                request.getTag());
        return processor.processReactive(changes, new Untagged(selecting.responder), session);
    }

    /** The UIDs that the program asks about: all that there ever were, if it does not say. */
    private static UidRange[] known(AbstractMailboxSelectionRequest request, Selecting selecting) {
        UidRange[] named = request.getUidSet();
        return VanishedUids.upTo(
                selecting.uidNext - 1,
                named != null ? named : new UidRange[] {new UidRange(MessageUid.MIN_VALUE, MessageUid.MAX_VALUE)});
    }

    /** James looks for what has vanished one UID after the other; here it has nothing to look for. */
    private static ImapMessage withoutUids(AbstractMailboxSelectionRequest request) {
        UidRange[] none = new UidRange[0];
        return request instanceof SelectRequest
                ? new SelectRequest(
                        request.getMailboxName(),
                        request.getCondstore(),
                        request.getLastKnownUidValidity(),
                        request.getKnownModSeq(),
                        none,
                        none,
                        new IdRange[0],
                        request.getTag())
                : new ExamineRequest(
                        request.getMailboxName(),
                        request.getCondstore(),
                        request.getLastKnownUidValidity(),
                        request.getKnownModSeq(),
                        none,
                        none,
                        new IdRange[0],
                        request.getTag());
    }

    /** Passes on what James says to a SELECT, but holds its completion and leaves its VANISHED out. */
    private static final class Selecting implements Responder {

        private final Responder responder;
        private @Nullable StatusResponse completion;
        private long uidNext;

        Selecting(Responder responder) {
            this.responder = responder;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                completion = status;
                return;
            }
            if (message instanceof StatusResponse status
                    && status.getResponseCode() != null
                    && "UIDNEXT".equals(status.getResponseCode().getCode())) {
                uidNext = status.getResponseCode().getNumber();
            }
            if (!(message instanceof VanishedResponse)) {
                responder.respond(message);
            }
        }

        boolean selected() {
            return completion != null
                    && completion.getServerResponseType() == StatusResponse.Type.OK
                    && !HumanReadableText.QRESYNC_UIDVALIDITY_MISMATCH.equals(completion.getTextKey());
        }

        void complete() {
            if (completion != null) {
                responder.respond(completion);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }

    /** Passes on all but a completion. */
    private record Untagged(Responder responder) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            if (!(message instanceof StatusResponse status) || status.getTag() == null) {
                responder.respond(message);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
