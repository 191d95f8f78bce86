package org.therapost.protocols.imap.selected;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.request.SearchKey;
import org.apache.james.imap.api.message.request.SearchOperation;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.ExpungeRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.mailbox.MessageUid;
import org.therapost.protocols.imap.commands.ForwardingProcessor;
import reactor.core.publisher.Mono;

/**
 * Commands see the messages of which their mail program was told, and no others: whoever stores a flag on {@code 1:*} means what it has seen. James
 * asks the database, which may know of more by now.
 */
public final class AnnouncedMessages extends ForwardingProcessor {

    /** What James reads {@code *} as. */
    private static final long LAST = Long.MAX_VALUE;

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public AnnouncedMessages(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (!(session.getSelected() instanceof AnnouncedFolder folder) || folder.existsCount() == 0) {
            return processor.processReactive(message, responder, session);
        }
        long last = folder.getLastUid().map(MessageUid::asLong).orElse(0L);
        Optional<ImapMessage> announced = announced(message, last);
        if (announced.isPresent()) {
            return processor.processReactive(announced.get(), responder, session);
        }
        ImapRequest request = (ImapRequest) message;
        // RFC 3501 section 6.4.8: a UID that is not there is ignored.
        return Mono.fromRunnable(() -> responder.respond(
                answers.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.COMPLETED)));
    }

    /** The same command for messages up to a UID; empty if it names none of them. */
    private static Optional<ImapMessage> announced(ImapMessage message, long last) {
        if (message instanceof SearchRequest search) {
            return Optional.of(announced(search, last));
        }
        if (message instanceof FetchRequest fetch && fetch.isUseUids()) {
            // Without any, too: the new ones are told of behind the answer.
            IdRange[] set = upTo(last, fetch.getIdSet());
            return Optional.of(set.length == 0 ? fetch : new FetchRequest(true, set, fetch.getFetch(), fetch.getTag()));
        }
        if (message instanceof StoreRequest store && store.isUseUids()) {
            return some(upTo(last, store.getIdSet()))
                    .map(set -> new StoreRequest(
                            set,
                            store.isSilent(),
                            store.getFlags(),
                            true,
                            store.getTag(),
                            store.getFlagsUpdateMode(),
                            store.getUnchangedSince()));
        }
        if (message instanceof MoveRequest move && move.isUseUids()) {
            return some(upTo(last, move.getIdSet()))
                    .map(set -> new MoveRequest(set, move.getMailboxName(), true, move.getTag()));
        }
        if (message instanceof CopyRequest copy && copy.isUseUids()) {
            return some(upTo(last, copy.getIdSet()))
                    .map(set -> new CopyRequest(set, copy.getMailboxName(), true, copy.getTag()));
        }
        if (message instanceof ExpungeRequest expunge && expunge.getUidSet() != null) {
            return some(upTo(last, expunge.getUidSet())).map(set -> new ExpungeRequest(expunge.getTag(), set));
        }
        return Optional.of(message);
    }

    private static SearchRequest announced(SearchRequest search, long last) {
        SearchOperation operation = search.getSearchOperation();
        SearchKey known =
                SearchKey.buildUidSet(new UidRange[] {new UidRange(MessageUid.MIN_VALUE, MessageUid.of(last))});
        return new SearchRequest(
                new SearchOperation(
                        SearchKey.buildAnd(List.of(known, operation.getSearchKey())), operation.getResultOptions()),
                search.isUseUids(),
                search.getTag());
    }

    private static Optional<IdRange[]> some(IdRange[] set) {
        return set.length == 0 ? Optional.empty() : Optional.of(set);
    }

    private static IdRange[] upTo(long last, IdRange[] set) {
        List<IdRange> known = new ArrayList<>();
        for (IdRange range : set) {
            if (range.getLowVal() <= last) {
                known.add(new IdRange(range.getLowVal(), Math.min(range.getHighVal(), last)));
            } else if (range.getHighVal() == LAST) {
                // RFC 3501 section 6.4.8: a range up to "*" contains the last message, whatever its other end.
                known.add(new IdRange(last, last));
            }
        }
        return known.toArray(IdRange[]::new);
    }
}
