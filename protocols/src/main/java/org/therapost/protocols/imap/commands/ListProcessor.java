package org.therapost.protocols.imap.commands;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.imap.message.response.ListResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.utf8.FolderNameText;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * LIST and LSUB as their RFCs have them where James does not: INBOX is found however it is spelled (RFC 3501 section 5.1), and a LIST of
 * several patterns (RFC 5258 section 3) tells of each folder once. A pattern that is not in modified UTF-7 matches none.
 */
public final class ListProcessor extends ForwardingProcessor {

    /** In no pattern: a literal may not have it, and a quoted string neither. */
    private static final String BETWEEN = "\0";

    private static final String INBOX = "INBOX";

    private final StatusResponseFactory answers = new UnpooledStatusResponseFactory();

    public ListProcessor(ImapProcessor processor) {
        super(processor);
    }

    /** Several patterns as one. */
    public static String joined(List<String> patterns) {
        return patterns.size() == 1 ? patterns.get(0) : String.join(BETWEEN, patterns) + BETWEEN;
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof LsubRequest lsub) {
            if (patterns(lsub.getMailboxPattern()).length == 0) {
                return nothing(lsub, responder);
            }
            return processor.processReactive(
                    new LsubRequest(lsub.getBaseReferenceName(), inbox(lsub.getMailboxPattern()), lsub.getTag()),
                    responder,
                    session);
        }
        if (!(message instanceof ListRequest list)) {
            return processor.processReactive(message, responder, session);
        }
        String[] patterns = patterns(list.getMailboxPattern());
        if (patterns.length == 0) {
            return nothing(list, responder);
        }
        if (message.getClass() != ListRequest.class) {
            return processor.processReactive(message, responder, session);
        }
        if (list.getSelectOptions().contains(ListRequest.ListSelectOption.RECURSIVEMATCH)
                && !list.getSelectOptions().contains(ListRequest.ListSelectOption.SUBSCRIBED)) {
            // RFC 5258 section 3.1: it goes with an option that selects.
            return Mono.fromRunnable(() -> responder.respond(
                    answers.taggedBad(list.getTag(), list.getCommand(), HumanReadableText.ILLEGAL_ARGUMENTS)));
        }
        if (list.getSelectOptions().contains(ListRequest.ListSelectOption.RECURSIVEMATCH)) {
            return recursively(list, patterns, responder, session);
        }
        if (patterns.length == 1) {
            return processor.processReactive(of(list, patterns[0]), responder, session);
        }
        Once once = new Once(any -> true, responder);
        return Flux.fromArray(patterns)
                .concatMap(pattern -> processor.processReactive(of(list, pattern), once, session))
                .then(Mono.fromRunnable(once::complete));
    }

    /**
     * RFC 5258 section 3.5: a folder that is not subscribed is told of if one below it is that the patterns do not name themselves. James tells
     * of it in any case.
     */
    private Mono<Void> recursively(ListRequest list, String[] patterns, Responder responder, ImapSession session) {
        EnumSet<ListRequest.ListSelectOption> plain = EnumSet.of(ListRequest.ListSelectOption.SUBSCRIBED);
        Found named = new Found();
        Found subscribed = new Found();
        return Flux.fromArray(patterns)
                .concatMap(pattern -> processor.processReactive(of(list, pattern, plain), named, session))
                .then(processor.processReactive(of(list, "*", plain), subscribed, session))
                .then(Mono.defer(() -> {
                    Once once = new Once(message -> named.isTold(message, subscribed), responder);
                    return Flux.fromArray(patterns)
                            .concatMap(pattern -> processor.processReactive(of(list, pattern), once, session))
                            .then(Mono.fromRunnable(once::complete));
                }));
    }

    /** The names of folders that an answer tells of. */
    private static final class Found implements Responder {

        private final Set<String> names = new HashSet<>();

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof ListResponse folder) {
                names.add(folder.getName());
            }
        }

        /** Whether the folder is one of these, or has one below it that is subscribed and none of these. */
        boolean isTold(ListResponse folder, Found subscribed) {
            String below = folder.getName() + folder.getHierarchyDelimiter();
            return names.contains(folder.getName())
                    || subscribed.names.stream().anyMatch(name -> name.startsWith(below) && !names.contains(name));
        }

        @Override
        public void flush() {
            // Nothing was written.
        }
    }

    /** Those of the patterns that any folder's name could match: those in modified UTF-7. */
    private static String[] patterns(String pattern) {
        Stream<String> all = pattern.contains(BETWEEN)
                ? Arrays.stream(pattern.split(BETWEEN)).filter(one -> !one.isEmpty())
                : Stream.of(pattern);
        return all.filter(one -> FolderNameText.decoded(one).isPresent()).toArray(String[]::new);
    }

    private Mono<Void> nothing(ImapRequest request, Responder responder) {
        return Mono.fromRunnable(() -> responder.respond(
                answers.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.COMPLETED)));
    }

    private static ListRequest of(ListRequest list, String pattern) {
        return of(list, pattern, local(list.getSelectOptions()));
    }

    private static ListRequest of(ListRequest list, String pattern, EnumSet<ListRequest.ListSelectOption> selection) {
        return new ListRequest(
                list.getCommand(),
                list.getBaseReferenceName(),
                inbox(pattern),
                list.getTag(),
                selection,
                list.getReturnOptions(),
                list.getStatusDataItems());
    }

    /** There are no remote folders; James takes REMOTE as a wish for none at all. */
    private static EnumSet<ListRequest.ListSelectOption> local(EnumSet<ListRequest.ListSelectOption> asked) {
        EnumSet<ListRequest.ListSelectOption> local = EnumSet.copyOf(asked);
        local.remove(ListRequest.ListSelectOption.REMOTE);
        return local;
    }

    private static String inbox(String pattern) {
        boolean named = pattern.regionMatches(true, 0, INBOX, 0, INBOX.length());
        return named && (pattern.length() == INBOX.length() || "%*/".indexOf(pattern.charAt(INBOX.length())) >= 0)
                ? INBOX + pattern.substring(INBOX.length())
                : pattern;
    }

    /** Passes each folder on once, and one completion: that of the pattern that failed, if one did. */
    private static final class Once implements Responder {

        private final Predicate<ListResponse> wanted;
        private final Responder responder;
        private final Set<String> told = new HashSet<>();
        private @Nullable StatusResponse completion;

        Once(Predicate<ListResponse> wanted, Responder responder) {
            this.wanted = wanted;
            this.responder = responder;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                if (completion == null || completion.getServerResponseType() == StatusResponse.Type.OK) {
                    completion = status;
                }
            } else if (!(message instanceof ListResponse folder)
                    || (wanted.test(folder) && told.add(folder.getName()))) {
                responder.respond(message);
            }
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
}
