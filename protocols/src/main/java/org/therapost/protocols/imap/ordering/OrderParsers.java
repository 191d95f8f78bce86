package org.therapost.protocols.imap.ordering;

import java.util.Locale;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.utf8.CommandReader;

/** James's parsers, and those of the commands that it does not have. */
public final class OrderParsers implements ImapCommandParserFactory {

    private final ImapCommandParserFactory others;
    private final StatusResponseFactory responses;
    private final boolean useUids;

    private OrderParsers(ImapCommandParserFactory others, StatusResponseFactory responses, boolean useUids) {
        this.others = others;
        this.responses = responses;
        this.useUids = useUids;
    }

    /**
     * Parsers that know SORT and THREAD.
     *
     * @param others of the commands that there are without
     */
    public OrderParsers(ImapCommandParserFactory others, StatusResponseFactory responses) {
        this(others, responses, false);
    }

    @Override
    public @Nullable ImapCommandParser getParser(String commandName) {
        return switch (commandName.toUpperCase(Locale.ROOT)) {
            case "SORT" -> new OrderParser(OrderRequest.SORT, responses, useUids);
            case "THREAD" -> new OrderParser(OrderRequest.THREAD, responses, useUids);
            case "UID" -> useUids ? others.getParser(commandName) : new UidParser();
            default -> others.getParser(commandName);
        };
    }

    /** UID before a command: ours, or one that James's own parser of UID is given to read again. */
    private final class UidParser extends AbstractImapCommandParser {

        UidParser() {
            super(ImapConstants.UID_COMMAND, responses);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session)
                throws DecodingException {
            request.nextWordChar();
            String command = request.atom();
            ImapCommandParser ours = new OrderParsers(others, responses, true).getParser(command);
            if (ours instanceof OrderParser) {
                return ours.parse(request, tag, session);
            }
            CommandReader read = (CommandReader) request;
            if (command.equalsIgnoreCase("SEARCH") && read.hasConflictingCharset()) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "a charset beside UTF8=ACCEPT");
            }
            ImapCommandParser uid = others.getParser("UID");
            if (uid == null) {
                throw new IllegalStateException("James knows UID");
            }
            return uid.parse(read.behind(" " + command), tag, session);
        }
    }
}
