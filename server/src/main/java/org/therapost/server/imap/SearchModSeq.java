package org.therapost.server.imap;

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
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * MODSEQ in ESEARCH (RFC 7162 section 3.1.10): where MIN, MAX or both alone are asked for, it is that of the messages returned. James gives
 * that of all that were found.
 */
final class SearchModSeq extends ForwardingProcessor {

    private static final Set<SearchResultOption> ENDS = Set.of(SearchResultOption.MIN, SearchResultOption.MAX);

    SearchModSeq(ImapProcessor processor) {
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
        return processor.processReactive(
                message, ends && folder != null ? new OfEnds(responder, session, folder) : responder, session);
    }

    private record OfEnds(Responder responder, ImapSession session, SelectedMailbox folder) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof ESearchResponse found && found.getHighestModSeq() != null) {
                responder.respond(new ESearchResponse(
                        found.getMinUid(),
                        found.getMaxUid(),
                        found.getCount(),
                        found.getAll(),
                        highest(found).orElse(found.getHighestModSeq()),
                        found.getTag(),
                        found.getUseUid(),
                        found.getSearchResultOptions()));
            } else {
                responder.respond(message);
            }
        }

        private Optional<ModSeq> highest(ESearchResponse found) {
            List<SearchResultOption> options = found.getSearchResultOptions();
            LongStream ends = LongStream.of(
                    options.contains(SearchResultOption.MIN) ? found.getMinUid() : -1,
                    options.contains(SearchResultOption.MAX) ? found.getMaxUid() : -1);
            return Flux.fromStream(ends.filter(end -> end > 0).boxed())
                    .concatMap(end -> Mono.justOrEmpty(
                            found.getUseUid() ? Optional.of(MessageUid.of(end)) : folder.uid(end.intValue())))
                    .concatMap(uid -> folder.getMessageManager()
                            .listMessagesMetadata(MessageRange.one(uid), session.getMailboxSession()))
                    .map(ComposedMessageIdWithMetaData::getModSeq)
                    .reduce((one, other) -> one.compareTo(other) > 0 ? one : other)
                    .blockOptional();
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
