package org.therapost.protocols.imap;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapCommand;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.display.ModifiedUtf7;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapCommandParser;
import org.apache.james.imap.decode.ImapCommandParserFactory;
import org.apache.james.imap.decode.ImapDecoder;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.decode.main.DefaultImapDecoder;
import org.apache.james.imap.decode.parser.ImapParserFactory;
import org.apache.james.imap.decode.parser.ListCommandParser;
import org.apache.james.imap.decode.parser.SearchCommandParser;
import org.apache.james.imap.message.request.IDRequest;
import org.apache.james.imap.message.request.ListRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.request.LsubRequest;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.jspecify.annotations.Nullable;
import org.therapost.protocols.imap.commands.ListProcessor;
import org.therapost.protocols.imap.commands.SpecialUseCreation;
import org.therapost.protocols.imap.ordering.OrderParsers;
import org.therapost.protocols.imap.utf8.CommandReader;

/** James's parsers, but for commands that they do not take as they may be said. */
public final class CorrectedParsers implements ImapCommandParserFactory {

    private final ImapCommandParserFactory others;
    private final ImapCommandParser id;
    private final ImapCommandParser list;
    private final ImapCommandParser lsub;
    private final ImapCommandParser search;
    private final ImapCommandParser login;
    private final ImapCommandParser create;

    private CorrectedParsers(StatusResponseFactory answers) {
        this.others = new OrderParsers(new ImapParserFactory(answers), answers);
        this.id = new Id(answers);
        this.list = new Lists(ImapConstants.LIST_COMMAND, answers);
        this.lsub = new Lists(ImapConstants.LSUB_COMMAND, answers);
        this.search = new Searches(answers);
        this.login = new Login(answers);
        this.create = new SpecialUseCreation(answers);
    }

    /** A decoder with these parsers. */
    public static ImapDecoder decoder() {
        StatusResponseFactory answers = new UnpooledStatusResponseFactory();
        return new DefaultImapDecoder(answers, new CorrectedParsers(answers));
    }

    @Override
    public @Nullable ImapCommandParser getParser(String command) {
        return switch (command.toUpperCase(Locale.ROOT)) {
            case "ID" -> id;
            case "LIST" -> list;
            case "LSUB" -> lsub;
            case "SEARCH" -> search;
            case "LOGIN" -> login;
            case "CREATE" -> create;
            default -> others.getParser(command);
        };
    }

    /** RFC 2971 section 3.1: any value may be NIL, and a value or a name any string. What programs say of themselves is not kept. */
    private static final class Id extends AbstractImapCommandParser {

        Id(StatusResponseFactory answers) {
            super(ImapConstants.ID_COMMAND, answers);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session)
                throws DecodingException {
            if (request.nextWordChar() == '(') {
                request.consumeChar('(');
                while (next(request) != ')') {
                    request.astring();
                    next(request);
                    value(request);
                }
                request.consumeChar(')');
            } else {
                request.nstring();
            }
            request.eol();
            return new IDRequest(tag, Optional.empty());
        }

        /** Some programs put commas between the pairs, or between a name and its value. */
        private static char next(ImapRequestLineReader request) throws DecodingException {
            char next = request.nextWordChar();
            if (next == ',') {
                request.consumeChar(',');
                next = request.nextWordChar();
            }
            return next;
        }

        private static void value(ImapRequestLineReader request) throws DecodingException {
            char next = request.nextWordChar();
            if (next == '"' || next == '{') {
                request.astring();
            } else {
                // NIL, with the parenthesis close behind it.
                for (char expected : new char[] {'N', 'I', 'L'}) {
                    request.consumeChar(request.nextChar() == expected ? expected : Character.toLowerCase(expected));
                }
            }
        }
    }

    /** A login that names nobody is a wrong one, and no reason to call the command bad. */
    private static final class Login extends AbstractImapCommandParser {

        Login(StatusResponseFactory answers) {
            super(ImapConstants.LOGIN_COMMAND, answers);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session)
                throws DecodingException {
            String login = request.astring(StandardCharsets.UTF_8);
            String password = request.astring(StandardCharsets.UTF_8);
            request.eol();
            return new LoginRequest(user(login), password, tag);
        }

        private static Username user(String login) {
            try {
                // The dot that may stand behind a domain is no part of its name.
                return Username.of(login.endsWith(".") ? login.substring(0, login.length() - 1) : login);
            } catch (IllegalArgumentException nobody) {
                return Username.of("nobody@invalid");
            }
        }
    }

    /** RFC 3501 section 9, {@code list-char} */
    private static boolean isInPattern(char octet) {
        return octet > ' ' && octet < 0x7F && "(){\"\\".indexOf(octet) < 0;
    }

    /** SEARCH without a charset from a program that has said that it sends UTF-8 (RFC 6855 section 3). */
    private static final class Searches extends SearchCommandParser {

        Searches(StatusResponseFactory answers) {
            super(answers);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean useUids, ImapSession session)
                throws DecodingException {
            if (((CommandReader) request).hasConflictingCharset()) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "a charset beside UTF8=ACCEPT");
            }
            return super.decode(request, tag, useUids, session);
        }
    }

    /**
     * LIST and LSUB. Several patterns in one (RFC 5258 section 3) {@link ListProcessor} takes apart again; what James takes from modified UTF-7 once
     * more behind the parser is put into it again.
     */
    private static final class Lists extends ListCommandParser {

        Lists(ImapCommand command, StatusResponseFactory answers) {
            super(command, answers);
        }

        @Override
        protected ImapMessage decode(ImapRequestLineReader request, Tag tag, boolean useUids, ImapSession session)
                throws DecodingException {
            ImapMessage read = super.decode(request, tag, useUids, session);
            if (read instanceof LsubRequest lsub) {
                return new LsubRequest(encoded(lsub.getBaseReferenceName()), lsub.getMailboxPattern(), tag);
            }
            return read instanceof ListRequest list
                    ? new ListRequest(
                            list.getCommand(),
                            encoded(list.getBaseReferenceName()),
                            list.getMailboxPattern(),
                            tag,
                            list.getSelectOptions(),
                            list.getReturnOptions(),
                            list.getStatusDataItems())
                    : read;
        }

        private static String encoded(String reference) {
            return ModifiedUtf7.encodeModifiedUTF7(reference);
        }

        @Override
        protected ImapMessage createMessage(String reference, String pattern, Tag tag) {
            return getCommand().equals(ImapConstants.LSUB_COMMAND)
                    ? new LsubRequest(reference, pattern, tag)
                    : super.createMessage(reference, pattern, tag);
        }

        @Override
        public String listMailbox(ImapRequestLineReader request) throws DecodingException {
            CommandReader reader = (CommandReader) request;
            if (request.nextWordChar() != '(') {
                return reader.pattern(super.listMailbox(request));
            }
            request.consumeChar('(');
            List<String> patterns = new ArrayList<>();
            while (request.nextWordChar() != ')') {
                char next = request.nextWordChar();
                patterns.add(reader.pattern(
                        next == '"' || next == '{'
                                ? super.listMailbox(request)
                                : request.consumeWord(CorrectedParsers::isInPattern, true)));
            }
            request.consumeChar(')');
            return ListProcessor.joined(patterns);
        }
    }
}
