package org.therapost.protocols.imap.commands;

import java.util.Locale;
import java.util.Map;
import org.apache.james.imap.api.ImapConstants;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.Tag;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.decode.base.AbstractImapCommandParser;
import org.apache.james.imap.message.request.CreateRequest;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.mailbox.DefaultMailboxes;

/**
 * CREATE, also with {@code (USE (\Archive))} (RFC 6154 section 3). What a folder is for follows from its name here, the same for
 * all programs of a therapist: a folder that is to be used otherwise is not made, so that a program can fall back.
 */
public final class SpecialUseCreation extends AbstractImapCommandParser {

    private static final Map<String, String> FOLDERS = Map.of(
            "\\archive", DefaultMailboxes.ARCHIVE,
            "\\drafts", DefaultMailboxes.DRAFTS,
            "\\junk", DefaultMailboxes.SPAM,
            "\\sent", DefaultMailboxes.SENT,
            "\\trash", DefaultMailboxes.TRASH);

    public SpecialUseCreation(StatusResponseFactory answers) {
        super(ImapConstants.CREATE_COMMAND, answers);
    }

    @Override
    protected ImapMessage decode(ImapRequestLineReader request, Tag tag, ImapSession session) throws DecodingException {
        String name = name(request, session);
        boolean fits = true;
        if (request.nextChar() == ' ' && request.nextWordChar() == '(') {
            fits = uses(request, name);
        }
        request.eol();
        return fits
                ? new CreateRequest(name, tag)
                : new ImmutableStatusResponse(
                        StatusResponse.Type.NO,
                        tag,
                        null,
                        new HumanReadableText(
                                "therapost.special-use",
                                "[USEATTR] what a folder is used for follows from its name here: Archive, Drafts,"
                                        + " Sent, "
                                        + DefaultMailboxes.SPAM + ", Trash"),
                        null);
    }

    /** Without the delimiter at its end (RFC 3501 section 6.3.3: there will be folders below it). */
    private static String name(ImapRequestLineReader request, ImapSession session) throws DecodingException {
        String name = request.mailbox();
        if (session.getMailboxSession() == null) {
            return name;
        }
        char delimiter = session.getMailboxSession().getPathDelimiter();
        if (name.chars().allMatch(c -> c == delimiter)) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "a name of nothing but delimiters");
        }
        return name.charAt(name.length() - 1) == delimiter ? name.substring(0, name.length() - 1) : name;
    }

    /** Whether a folder of this name is used for all that is asked for. */
    private static boolean uses(ImapRequestLineReader request, String name) throws DecodingException {
        request.consumeChar('(');
        if (!word(request).equals("use")) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "an unknown parameter of CREATE");
        }
        request.nextWordChar();
        request.consumeChar('(');
        boolean fits = true;
        while (request.nextWordChar() != ')') {
            fits &= name.equals(FOLDERS.get(word(request)));
        }
        request.consumeChar(')');
        request.nextWordChar();
        request.consumeChar(')');
        return fits;
    }

    private static String word(ImapRequestLineReader request) throws DecodingException {
        StringBuilder word = new StringBuilder();
        for (char next = request.nextChar(); next > ' ' && "()\"{".indexOf(next) < 0; next = request.nextChar()) {
            word.append(request.consume());
        }
        if (word.length() == 0) {
            throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "a word is missing");
        }
        return word.toString().toLowerCase(Locale.ROOT);
    }
}
