package org.therapost.server.imap;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.message.response.ImapResponseMessage;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.imap.message.response.ListResponse;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * LIST and LSUB as their RFCs have them where James does not: INBOX is found however it is spelled (RFC 3501 section 5.1), and a LIST of
 * several patterns (RFC 5258 section 3) tells of each folder once.
 */
final class Listing extends ForwardingProcessor {

    /** In no pattern: a literal may not have it, and a quoted string neither. */
    private static final String BETWEEN = "\0";

    private static final String INBOX = "INBOX";

    Listing(ImapProcessor processor) {
        super(processor);
    }

    /** Several patterns as one. */
    static String joined(List<String> patterns) {
        return patterns.size() == 1 ? patterns.get(0) : String.join(BETWEEN, patterns) + BETWEEN;
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        if (message instanceof LsubRequest lsub) {
            return processor.processReactive(
                    new LsubRequest(lsub.getBaseReferenceName(), inbox(lsub.getMailboxPattern()), lsub.getTag()),
                    responder,
                    session);
        }
        if (!(message instanceof ListRequest list) || message.getClass() != ListRequest.class) {
            return processor.processReactive(message, responder, session);
        }
        String[] patterns = patterns(list.getMailboxPattern());
        if (patterns.length == 1) {
            return processor.processReactive(of(list, patterns[0]), responder, session);
        }
        Once once = new Once(responder);
        return Flux.fromArray(patterns)
                .concatMap(pattern -> processor.processReactive(of(list, pattern), once, session))
                .then(Mono.fromRunnable(once::complete));
    }

    private static String[] patterns(String pattern) {
        return pattern.contains(BETWEEN)
                ? Arrays.stream(pattern.split(BETWEEN))
                        .filter(one -> !one.isEmpty())
                        .toArray(String[]::new)
                : new String[] {pattern};
    }

    private static ListRequest of(ListRequest list, String pattern) {
        return new ListRequest(
                list.getCommand(),
                list.getBaseReferenceName(),
                inbox(pattern),
                list.getTag(),
                list.getSelectOptions(),
                list.getReturnOptions(),
                list.getStatusDataItems());
    }

    private static String inbox(String pattern) {
        boolean named = pattern.regionMatches(true, 0, INBOX, 0, INBOX.length());
        return named && (pattern.length() == INBOX.length() || "%*/".indexOf(pattern.charAt(INBOX.length())) >= 0)
                ? INBOX + pattern.substring(INBOX.length())
                : pattern;
    }

    /** Passes each folder on once, and one completion: that of the pattern that failed, if one did. */
    private static final class Once implements Responder {

        private final Responder responder;
        private final Set<String> told = new HashSet<>();
        private @Nullable StatusResponse completion;

        Once(Responder responder) {
            this.responder = responder;
        }

        @Override
        public void respond(ImapResponseMessage message) {
            if (message instanceof StatusResponse status && status.getTag() != null) {
                if (completion == null || completion.getServerResponseType() == StatusResponse.Type.OK) {
                    completion = status;
                }
            } else if (!(message instanceof ListResponse folder) || told.add(folder.getName())) {
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
