package org.therapost.protocols.imap.ordering;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.Capability;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.CapabilityRequest;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.message.response.CapabilityResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.SearchResponse;
import org.apache.james.mailbox.MessageUid;
import org.apache.james.mailbox.ModSeq;
import org.apache.james.mailbox.exception.MailboxException;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.folders.MessageSummary;
import org.therapost.protocols.imap.ordering.SortKey.Criterion;
import org.therapost.protocols.imap.utf8.Utf8Accept;
import reactor.core.publisher.Mono;

/**
 * Answers SORT and THREAD: has the messages searched for as by SEARCH, with all that is checked there, and puts them in order.
 * A command with sequence numbers is told of no expunge before it has its answer (RFC 3501 section 5.5).
 */
public final class OrderCommands implements ImapProcessor {

    private static final List<Capability> OFFERED = List.of(
            Capability.of("SORT"),
            Capability.of("THREAD=REFERENCES"),
            Capability.of("CREATE-SPECIAL-USE"),
            Utf8Accept.CAPABILITY);

    private final ImapProcessor others;
    private final MessageSummaries summaries;

    public OrderCommands(ImapProcessor others, MessageSummaries summaries) {
        this.others = others;
        this.summaries = summaries;
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        others.configure(configuration);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof OrderRequest request) {
            Found found = new Found(request, responder, session.getSelected());
            SearchRequest search = new SearchRequest(request.search(), request.useUids(), request.getTag());
            return others.processReactive(search, found, session).then(Mono.defer(() -> answer(found, session)));
        }
        return message instanceof CapabilityRequest
                ? others.processReactive(message, new Offering(responder), session)
                : others.processReactive(message, responder, session);
    }

    private Mono<Void> answer(Found found, ImapSession session) {
        StatusResponse status = found.status;
        SelectedMailbox selected = found.selected;
        if (status == null || selected == null || status.getServerResponseType() != StatusResponse.Type.OK) {
            return Mono.fromRunnable(() -> found.pass(status));
        }
        OrderRequest request = found.request;
        return summaries
                .of(session.getMailboxSession(), selected.getMailboxId(), found.uids, request.needs())
                .map(messages -> ordered(messages, found))
                .doOnNext(response -> {
                    found.responder.respond(response);
                    found.pass(done(request, StatusResponse.Type.OK, "completed."));
                })
                .then()
                .onErrorResume(
                        MailboxException.class,
                        closed -> Mono.fromRunnable(() -> found.pass(done(
                                request,
                                StatusResponse.Type.NO,
                                "failed: the messages cannot be read at the moment."))));
    }

    private static OrderResponse ordered(List<MessageSummary> summaries, Found found) {
        List<SortedMessage> messages = summaries.stream().map(SortedMessage::of).toList();
        List<Criterion> criteria = found.request.criteria();
        if (criteria.isEmpty()) {
            return OrderResponse.threaded(ReferencesThreading.threads(messages), found::told);
        }
        List<Long> uids = messages.stream()
                .sorted(SortKey.order(criteria))
                .map(SortedMessage::uid)
                .toList();
        return OrderResponse.sorted(uids, found::told, found.modSeq);
    }

    private static StatusResponse done(OrderRequest request, StatusResponse.Type type, String how) {
        return new ImmutableStatusResponse(
                type,
                request.getTag(),
                null,
                new HumanReadableText("therapost.ordered", request.getCommand().getName() + " " + how),
                null);
    }

    /** Keeps what SEARCH answers, until the order is told. */
    private static final class Found implements Responder {

        private final OrderRequest request;
        private final Responder responder;
        private final @Nullable SelectedMailbox selected;
        private final List<ImapResponseMessage> later = new ArrayList<>();
        private List<MessageUid> uids = List.of();
        private @Nullable ModSeq modSeq;
        private @Nullable StatusResponse status;

        Found(OrderRequest request, Responder responder, @Nullable SelectedMailbox selected) {
            this.request = request;
            this.responder = responder;
            this.selected = selected;
        }

        @Override
        public synchronized void respond(ImapResponseMessage message) {
            if (message instanceof SearchResponse found) {
                uids = found.getIds().longStream().boxed().flatMap(this::uid).toList();
                modSeq = found.getHighestModSeq();
            } else if (message instanceof StatusResponse last && last.getTag() != null) {
                status = last;
            } else {
                later.add(message);
            }
        }

        private Stream<MessageUid> uid(long id) {
            if (request.useUids()) {
                return Stream.of(MessageUid.of(id));
            }
            return selected == null ? Stream.empty() : selected.uid((int) id).stream();
        }

        long told(long uid) {
            if (request.useUids() || selected == null) {
                return uid;
            }
            return selected.msn(MessageUid.of(uid)).asInt().orElse(0);
        }

        synchronized void pass(@Nullable StatusResponse last) {
            later.forEach(responder::respond);
            if (last != null) {
                responder.respond(last);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }

    /** CAPABILITY names them, what our parser of CREATE takes, and UTF8=ACCEPT, in every state, as James does with the commands that it has. */
    private record Offering(Responder responder) implements Responder {

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof CapabilityResponse known) {
                Set<Capability> all = new LinkedHashSet<>(known.getCapabilities());
                all.addAll(OFFERED);
                responder.respond(new CapabilityResponse(all));
            } else {
                responder.respond(message);
            }
        }

        @Override
        public void flush() {
            responder.flush();
        }
    }
}
