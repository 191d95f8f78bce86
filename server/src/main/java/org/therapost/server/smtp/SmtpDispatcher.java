package org.therapost.server.smtp;

import java.util.List;
import org.apache.james.protocols.api.handler.CommandDispatcher;
import org.apache.james.protocols.smtp.SMTPSession;

/** Finds the handlers of a command. */
public final class SmtpDispatcher extends CommandDispatcher<SMTPSession> {

    public SmtpDispatcher() {
        super(List.of("EHLO", "HELO", "MAIL", "RCPT", "DATA", "RSET", "NOOP", "QUIT"));
    }
}
