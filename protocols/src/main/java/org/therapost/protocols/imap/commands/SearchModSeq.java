package org.therapost.protocols.imap.commands;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.request.SearchResultOption;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.message.response.ESearchResponse;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.model.ComposedMessageIdWithMetaData;
import org.apache.james.mailbox.model.MessageRange;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * MODSEQ in ESEARCH (RFC 7162 section 3.1.10): where MIN, MAX or both alone are asked for, it is that of the messages returned. James gives
 * that of all that were found.
 */
public final class SearchModSeq extends ForwardingProcessor {

    private static final Set<SearchResultOption> ENDS = Set.of(SearchResultOption.MIN, SearchResultOption.MAX);

    public SearchModSeq(ImapProcessor processor) {
        super(processor);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        boolean ends = message instanceof SearchRequest search
                && search.getSearchOperation().getResultOptions() != null
                && search.getSearchOperation().getResultOptions().stream().anyMatch(ENDS::contains)
                && search.getSearchOperation().getResultOptions().stream()
                        .noneMatch(option -> option == SearchResultOption.ALL || option == SearchResultOption.COUNT);
        SelectedMailbox folder = session.getSelected();
        if (!ends || folder == null) {
            return processor.processReactive(message, responder, session);
        }
        OfEnds held = new OfEnds(responder, session, folder);
        return processor.processReactive(message, held, session).then(Mono.defer(held::release));
    }

    /** Holds the answer, and what comes behind it, until the number is looked up. */
    private static final class OfEnds implements Responder {

        private final Responder responder;
        private final ImapSession session;
        private final SelectedMailbox folder;
        private final List<ImapResponseMessage> behind = new ArrayList<>();
        private @Nullable ESearchResponse found;

        OfEnds(Responder responder, ImapSession session, SelectedMailbox folder) {
            this.responder = responder;
            this.session = session;
            this.folder = folder;
        }

        @Override
        public synchronized void respond(ImapResponseMessage message) {
            if (found != null) {
                behind.add(message);
            } else if (message instanceof ESearchResponse answer && answer.getHighestModSeq() != null) {
                found = answer;
            } else {
                responder.respond(message);
            }
        }

        synchronized Mono<Void> release() {
            ESearchResponse answer = found;
            if (answer == null) {
                return Mono.empty();
            }
            return highest(answer)
                    .defaultIfEmpty(answer.getHighestModSeq())
                    .flatMap(modSeq -> Mono.fromRunnable(() -> {
                        responder.respond(new ESearchResponse(
                                answer.getMinUid(),
                                answer.getMaxUid(),
                                answer.getCount(),
                                answer.getAll(),
                                modSeq,
                                answer.getTag(),
                                answer.getUseUid(),
                                answer.getSearchResultOptions()));
                        behind.forEach(responder::respond);
                    }));
        }

        private Mono<ModSeq> highest(ESearchResponse answer) {
            List<SearchResultOption> options = answer.getSearchResultOptions();
            List<MessageUid> ends = LongStream.of(
                            options.contains(SearchResultOption.MIN) ? answer.getMinUid() : -1,
                            options.contains(SearchResultOption.MAX) ? answer.getMaxUid() : -1)
                    .filter(end -> end > 0)
                    .mapToObj(end -> answer.getUseUid() ? Optional.of(MessageUid.of(end)) : folder.uid((int) end))
                    .flatMap(Optional::stream)
                    .toList();
            return Flux.fromIterable(ends)
                    .concatMap(uid -> folder.getMessageManager()
                            .listMessagesMetadata(MessageRange.one(uid), session.getMailboxSession()))
                    .map(ComposedMessageIdWithMetaData::getModSeq)
                    .reduce((one, other) -> one.compareTo(other) > 0 ? one : other);
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
