package org.therapost.protocols.imap.commands;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Optional;
import java.util.regex.Pattern;
import javax.mail.Flags;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.request.SearchKey;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.imap.message.request.AppendRequest;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.imap.message.request.ReplaceRequest;
import org.apache.james.imap.message.request.SearchRequest;
import org.apache.james.imap.message.request.StoreRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.mailbox.MessageUid;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/**
 * Refuses what James's parser lets through and nothing behind it can bear: searches and patterns that exhaust a stack, keywords that no
 * answer can spell, and a REPLACE of nothing, which James would make an APPEND.
 */
public final class CommandSanityCheck extends ForwardingProcessor {

    /** Programs that look for many messages at once nest one OR in the other. */
    private static final int DEEPEST_SEARCH = 200;

    private static final int LONGEST_PATTERN = 1000;

    /** RFC 9051 section 9, {@code flag-keyword} and {@code flag-extension}; a bracket is read by everybody. */
    private static final Pattern KEYWORD = Pattern.compile("\\\\?[!#$&'+-\\[\\]-z|}~]+");

    public CommandSanityCheck(ImapProcessor processor) {
        super(processor);
    }

    private record Refusal(StatusResponse.Type type, String text) {
        static Optional<Refusal> bad(boolean refused, String text) {
            return refused ? Optional.of(new Refusal(StatusResponse.Type.BAD, text)) : Optional.empty();
        }

        static Optional<Refusal> no(boolean refused, String text) {
            return refused ? Optional.of(new Refusal(StatusResponse.Type.NO, text)) : Optional.empty();
        }
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        Optional<Refusal> refusal = refusal(message, session.getSelected());
        if (refusal.isEmpty() || !(message instanceof ImapRequest request)) {
            return processor.processReactive(message, responder, session);
        }
        return Mono.fromRunnable(() -> responder.respond(new ImmutableStatusResponse(
                refusal.get().type(),
                request.getTag(),
                null,
                new HumanReadableText("therapost.refused", refusal.get().text()),
                null)));
    }

    private static Optional<Refusal> refusal(ImapMessage message, @Nullable SelectedMailbox selected) {
        if (message instanceof SearchRequest search) {
            return Refusal.no(
                    isTooDeep(search.getSearchOperation().getSearchKey()), "[LIMIT] the search is nested too deeply");
        }
        if (message instanceof ListRequest list) {
            return pattern(list.getBaseReferenceName(), list.getMailboxPattern());
        }
        if (message instanceof LsubRequest list) {
            return pattern(list.getBaseReferenceName(), list.getMailboxPattern());
        }
        if (message instanceof StoreRequest store) {
            return keywords(store.getFlags());
        }
        if (message instanceof AppendRequest append) {
            return keywords(append.getFlags());
        }
        if (message instanceof ReplaceRequest replace) {
            return keywords(replace.getFlags())
                    .or(() -> Refusal.no(!isThere(replace, selected), "there is no such message to be replaced"));
        }
        return Optional.empty();
    }

    /** Level by level: a walk from key to key would exhaust the stack itself. */
    private static boolean isTooDeep(SearchKey key) {
        Deque<SearchKey> level = new ArrayDeque<>();
        level.add(key);
        int depth = 0;
        while (!level.isEmpty() && depth <= DEEPEST_SEARCH) {
            Deque<SearchKey> below = new ArrayDeque<>();
            for (SearchKey above : level) {
                if (above.getKeys() != null) {
                    below.addAll(above.getKeys());
                }
            }
            level = below;
            depth++;
        }
        return depth > DEEPEST_SEARCH;
    }

    private static Optional<Refusal> pattern(String reference, String pattern) {
        return Refusal.no(reference.length() + pattern.length() > LONGEST_PATTERN, "[LIMIT] the pattern is too long");
    }

    private static Optional<Refusal> keywords(Flags flags) {
        return Refusal.bad(
                Arrays.stream(flags.getUserFlags())
                        .anyMatch(keyword -> !KEYWORD.matcher(keyword).matches()),
                "not a keyword");
    }

    private static boolean isThere(ReplaceRequest replace, @Nullable SelectedMailbox selected) {
        if (selected == null) {
            return true;
        }
        long id = replace.getId();
        return replace.isUseUid()
                ? id > 0 && selected.msn(MessageUid.of(id)).asInt().isPresent()
                : id > 0 && id <= selected.existsCount();
    }
}
