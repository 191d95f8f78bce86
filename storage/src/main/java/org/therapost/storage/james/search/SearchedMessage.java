package org.therapost.storage.james.search;

import java.io.IOException;
import java.io.InputStream;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Optional;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.SearchQuery;
import org.apache.james.mailbox.model.SearchQuery.Criterion;
import org.apache.james.mailbox.model.SearchQuery.DateOperator;
import org.apache.james.mailbox.model.SearchQuery.DateResolution;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.mime.AddressListParser;
import org.therapost.storage.james.content.HeaderFields;
import org.therapost.storage.james.content.MessageContentLoader;
import org.therapost.storage.james.content.UnopenableException;

/** One sealed message that is being searched: opened as far as the question demands. */
final class SearchedMessage implements SearchTree.Judge {

    private final MessageContentLoader headers;
    private final MessageContentLoader bodies;
    private final int place;
    private @Nullable HeaderFields header;
    private boolean unreadable;

    /** @param place of the message, on both shelves */
    SearchedMessage(MessageContentLoader headers, MessageContentLoader bodies, int place) {
        this.headers = headers;
        this.bodies = bodies;
        this.place = place;
    }

    /** Whether something could not be opened or read; then it matches nothing, whatever was asked. */
    boolean unreadable() {
        return unreadable;
    }

    @Override
    public SearchTree.Verdict of(Criterion content) throws MailboxException {
        if (unreadable) {
            return SearchTree.Verdict.OPEN;
        }
        try {
            return SearchTree.Verdict.of(matches(content));
        } catch (UnopenableException | IOException damaged) {
            unreadable = true;
            return SearchTree.Verdict.OPEN;
        }
    }

    private boolean matches(Criterion content) throws MailboxException, IOException {
        if (content instanceof SearchQuery.TextCriterion text) {
            if (bodies.enveloped(place)) {
                throw new UnsearchableException();
            }
            try (InputStream message = bodies.stream(place).open()) {
                return MessageTextSearch.contains(
                        message,
                        new SearchWords(text.getOperator().getValue()),
                        text.getType() == SearchQuery.Scope.FULL);
            }
        }
        if (content instanceof SearchQuery.SubjectCriterion subject) {
            return matches(subject.asHeaderCriterion());
        }
        if (content instanceof SearchQuery.MimeMessageIDCriterion id) {
            return matches(id.asHeaderCriterion());
        }
        SearchQuery.HeaderCriterion field = (SearchQuery.HeaderCriterion) content;
        SearchQuery.HeaderOperator operator = field.getOperator();
        if (operator instanceof DateOperator date) {
            return on(header().date(), date);
        }
        if (operator instanceof SearchQuery.AddressOperator address) {
            return has(field.getHeaderName(), address.getAddress())
                    || names(field.getHeaderName(), address.getAddress());
        }
        if (operator instanceof SearchQuery.ContainsOperator contains) {
            return has(field.getHeaderName(), contains.getValue());
        }
        return !header().all(field.getHeaderName()).isEmpty();
    }

    /** Addresses without the comments and the white space that may stand within them (RFC 5322 section 4.4). */
    private boolean names(String field, String words) throws MailboxException {
        SearchWords sought = new SearchWords(words);
        return header().all(field).stream()
                .filter(text -> text.indexOf('(') >= 0 || text.contains(" @") || text.contains("@ "))
                .flatMap(text -> AddressListParser.of(text).stream())
                .flatMap(address -> address.address().stream())
                .anyMatch(sought::in);
    }

    private boolean has(String field, String words) throws MailboxException {
        SearchWords sought = new SearchWords(words);
        return header().all(field).stream().anyMatch(sought::in);
    }

    /** RFC 9051 section 6.4.4: the date as the sender has written it, whatever the time and the time zone. */
    private static boolean on(Optional<OffsetDateTime> sent, DateOperator operator) {
        if (sent.isEmpty()) {
            return false;
        }
        DateResolution resolution = operator.getDateResultion();
        boolean day = resolution == DateResolution.Day
                || resolution == DateResolution.Month
                || resolution == DateResolution.Year;
        ZonedDateTime date = day
                ? sent.get().toLocalDateTime().atZone(ZoneOffset.UTC)
                : sent.get().atZoneSameInstant(ZoneOffset.UTC);
        int order = SearchConditions.start(date, resolution)
                .compareTo(SearchConditions.start(operator.getDate().toInstant().atZone(ZoneOffset.UTC), resolution));
        return switch (operator.getType()) {
            case BEFORE -> order < 0;
            case ON -> order == 0;
            case AFTER -> order > 0;
        };
    }

    private HeaderFields header() throws MailboxException {
        HeaderFields read = header;
        if (read == null) {
            read = HeaderFields.of(headers.header(place));
            header = read;
        }
        return read;
    }
}
