package org.therapost.protocols.imap.ordering;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse.ResponseCode;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.apache.james.imap.message.request.SearchRequest;
import org.therapost.protocols.imap.ordering.SortKey.Criterion;
import org.therapost.protocols.imap.utf8.CommandReader;

/** {@code SORT (keys) charset search} and {@code THREAD REFERENCES charset search}; what is searched for, James reads. */
final class OrderParser extends AbstractImapCommandParser {

    /** Each key once forwards and once backwards; more change nothing. */
    private static final int MOST_KEYS = 2 * SortKey.values().length;

    private final SearchCommandParser search;
    private final boolean useUids;

    OrderParser(ImapCommand command, StatusResponseFactory responses, boolean useUids) {
        super(command, responses);
        this.search = new SearchCommandParser(responses);
        this.useUids = useUids;
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        List<Criterion> criteria = new ArrayList<>();
        request.nextWordChar();
        if (getCommand().equals(OrderRequest.SORT)) {
            criteria.addAll(criteria(request));
        } else if (!request.atom().equalsIgnoreCase("REFERENCES")) {
            throw illegal("an algorithm that is not offered");
        }
        request.nextWordChar();
        String charset = request.astring();
        if (!charset.matches("[A-Za-z0-9][A-Za-z0-9.:_+-]{0,60}")) {
            return taggedNo(tag, getCommand(), HumanReadableText.BAD_CHARSET, ResponseCode.badCharset());
        }
        request.nextWordChar();
        ImapMessage found = search.parse(((CommandReader) request).behind(" CHARSET " + charset + " "), tag, session);
        return found instanceof SearchRequest searched
                ? new OrderRequest(tag, criteria, searched.getSearchOperation(), useUids)
                : found;
    }

    private static List<Criterion> criteria(ImapRequestLineReader request) throws DecodingException {
        List<Criterion> criteria = new ArrayList<>();
        request.consumeChar('(');
        boolean reverse = false;
        while (true) {
            String word = word(request);
            if (word.equals("REVERSE") && !reverse) {
                reverse = true;
            } else {
                criteria.add(new Criterion(key(word), reverse));
                reverse = false;
            }
            if (criteria.size() > MOST_KEYS) {
                throw illegal("too many sort keys");
            }
            char next = request.nextChar();
            if (next == ')' && !reverse) {
                request.consume();
                return criteria;
            }
            request.consumeChar(' ');
        }
    }

    private static String word(ImapRequestLineReader request) throws DecodingException {
        StringBuilder word = new StringBuilder();
        while (Character.isLetter(request.nextChar()) && word.length() < 20) {
            word.append(request.consume());
        }
        return word.toString().toUpperCase(Locale.ROOT);
    }

    private static SortKey key(String word) throws DecodingException {
        try {
            return SortKey.valueOf(word);
        } catch (IllegalArgumentException unknown) {
            throw illegal("an unknown sort key");
        }
    }

    private static DecodingException illegal(String why) {
        return new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, why);
    }
}
