package org.therapost.server.smtp;

import java.util.List;
import org.apache.james.protocols.api.Request;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;
import org.therapost.mailets.smtp.SmtpReplies;

/** Finds the handlers of a command. James makes an account's name of whatever {@code AUTH LOGIN} decodes to, and of what does not decode. */
public final class SmtpDispatcher extends CommandDispatcher<SMTPSession> {

    public SmtpDispatcher() {
        super(List.of("EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"));
    }

    @Override
    protected Response dispatchCommandHandlers(SMTPSession session, Request request) {
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
