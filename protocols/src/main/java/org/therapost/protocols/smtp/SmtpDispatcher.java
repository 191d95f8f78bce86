package org.therapost.protocols.smtp;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.james.protocols.api.BaseRequest;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.domain.addresses.Ascii;
import org.therapost.protocols.smtp.handlers.CommandParameters;
import org.therapost.protocols.smtp.handlers.SmtpReplies;

/** Finds the handlers of a command. James makes an account's name of whatever {@code AUTH LOGIN} decodes to, and of what does not decode. */
public final class SmtpDispatcher extends CommandDispatcher<SMTPSession> {

    // RFC 1870, RFC 6152, RFC 6531.
    private static final Map<String, Set<String>> OFFERED =
            Map.of("MAIL", Set.of("SIZE", "BODY", "SMTPUTF8"), "RCPT", Set.of());
    // RFC 4954 section 5.
    private static final Map<String, Set<String>> OFFERED_TO_SUBMIT =
            Map.of("MAIL", Set.of("SIZE", "BODY", "SMTPUTF8", "AUTH"), "RCPT", Set.of());

    public SmtpDispatcher() {
        super(List.of("EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"));
    }

    /** RFC 6531 section 3.3: commands are UTF-8. What is not, has characters that no address has. */
    @Override
    protected Request parseRequest(SMTPSession session, byte[] line) {
        String command = new String(line, StandardCharsets.UTF_8).trim();
        int space = command.indexOf(' ');
        return space < 0
                ? new BaseRequest(Ascii.upperCase(command), null)
                : new BaseRequest(Ascii.upperCase(command.substring(0, space)), command.substring(space + 1));
    }

    @Override
    protected Response dispatchCommandHandlers(SMTPSession session, Request request) {
        // RFC 5321 section 4.1.1.11: what EHLO did not announce is not taken.
        Set<String> offered = (session.isAuthAnnounced() ? OFFERED_TO_SUBMIT : OFFERED).get(request.getCommand());
        if (offered != null
                && !CommandParameters.areAmong(
                        Optional.ofNullable(request.getArgument()).orElse(""), offered)) {
            return SmtpReplies.UNKNOWN_PARAMETER.response();
        }
        try {
            return super.dispatchCommandHandlers(session, request);
        } catch (IllegalArgumentException unreadable) {
            if (request.getCommand().equals("AUTH")) {
                return SmtpReplies.WRONG_PASSWORD.response();
            }
            throw unreadable;
        }
    }
}
