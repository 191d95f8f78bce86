package org.therapost.protocols.imap.commands;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.IdRange;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.CopyRequest;
import org.apache.james.imap.message.request.FetchRequest;
import org.apache.james.imap.message.request.MoveRequest;
import org.apache.james.imap.message.request.StoreRequest;
import reactor.core.publisher.Mono;

/**
 * Each message once, however often a command names it (RFC 3501 section 9, {@code sequence-set}: overlaps may be coalesced). James
 * does so only for sets without {@code *}: {@code FETCH 1:*,1:*} fetched all messages twice, and 15,000 times if asked for that often.
 */
public final class DistinctMessages extends ForwardingProcessor {

    /** What James reads {@code *} as. */
    private static final long LAST = Long.MAX_VALUE;

    public DistinctMessages(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        return processor.processReactive(distinct(message), responder, session);
    }

    private static ImapMessage distinct(ImapMessage message) {
        if (message instanceof FetchRequest fetch) {
            return new FetchRequest(fetch.isUseUids(), distinct(fetch.getIdSet()), fetch.getFetch(), fetch.getTag());
        }
        if (message instanceof StoreRequest store) {
            return new StoreRequest(
                    distinct(store.getIdSet()),
                    store.isSilent(),
                    store.getFlags(),
                    store.isUseUids(),
                    store.getTag(),
                    store.getFlagsUpdateMode(),
                    store.getUnchangedSince());
        }
        if (message instanceof MoveRequest move) {
            return new MoveRequest(distinct(move.getIdSet()), move.getMailboxName(), move.isUseUids(), move.getTag());
        }
        if (message instanceof CopyRequest copy) {
            return new CopyRequest(distinct(copy.getIdSet()), copy.getMailboxName(), copy.isUseUids(), copy.getTag());
        }
        return message;
    }

    /** What a range up to {@code *} contains need not be said again; all other overlaps James has merged. */
    static IdRange[] distinct(IdRange[] ranges) {
        List<IdRange> open = Arrays.stream(ranges)
                .filter(range -> range.getHighVal() == LAST)
                .toList();
        if (open.isEmpty() || ranges.length == 1) {
            return ranges;
        }
        IdRange widest =
                open.stream().min(Comparator.comparingLong(IdRange::getLowVal)).orElseThrow();
        List<IdRange> distinct = new ArrayList<>();
        for (IdRange range : ranges) {
            if (range.getHighVal() != LAST && range.getLowVal() < widest.getLowVal()) {
                distinct.add(new IdRange(range.getLowVal(), Math.min(range.getHighVal(), widest.getLowVal() - 1)));
            }
        }
        distinct.add(widest);
        return distinct.toArray(IdRange[]::new);
    }
}
