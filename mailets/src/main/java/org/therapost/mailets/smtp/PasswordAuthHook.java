package org.therapost.mailets.smtp;

import java.util.Optional;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.Password;
import org.therapost.domain.sealing.ReaderSessions;

/** AUTH PLAIN and LOGIN: the login password, over TLS only, three attempts per connection. */
public final class PasswordAuthHook implements AuthHook {

    private static final int ATTEMPTS = 3;
    private static final AttachmentKey<Integer> FAILED = AttachmentKey.of("therapost.auth.failed", Integer.class);

    private final ReaderSessions sessions;
    private final AuditLog audit;

    @Inject
    public PasswordAuthHook(ReaderSessions sessions, AuditLog audit) {
        this.sessions = sessions;
        this.audit = audit;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        if (!session.isTLSStarted()) {
            return SmtpReplies.TLS_REQUIRED_FOR_AUTHENTICATION.hookResult();
        }
        try {
            Optional<EmailAddress> login = SmtpAddresses.read(username.asString());
            if (login.isPresent() && sessions.test(login.get(), Password.offered(password))) {
                session.setUsername(username);
                return HookResult.OK;
            }
        } catch (CannotTellException unclear) {
            audit.cannotTell(session, "AUTH");
            return SmtpReplies.AUTHENTICATION_UNAVAILABLE.hookResult();
        }
        return wrong(session);
    }

    private HookResult wrong(SMTPSession session) {
        audit.wrongPassword(session);
        int failed = session.getAttachment(FAILED, State.Connection).orElse(0) + 1;
        session.setAttachment(FAILED, failed, State.Connection);
        return failed < ATTEMPTS
                ? SmtpReplies.WRONG_PASSWORD.hookResult()
                : SmtpReplies.WRONG_PASSWORD.lastHookResult();
    }

    /** There are no tokens here. */
    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
        return SmtpReplies.WRONG_PASSWORD.hookResult();
    }
}
