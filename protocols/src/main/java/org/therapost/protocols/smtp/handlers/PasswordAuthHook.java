package org.therapost.protocols.smtp.handlers;

import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import javax.inject.Inject;
import org.apache.james.core.Username;
import org.apache.james.protocols.api.OidcSASLConfiguration;
import org.apache.james.protocols.api.ProtocolSession.AttachmentKey;
import org.apache.james.protocols.api.ProtocolSession.State;
import org.apache.james.protocols.api.Response;
import org.apache.james.protocols.smtp.SMTPSession;
import org.apache.james.protocols.smtp.hook.AuthHook;
import org.apache.james.protocols.smtp.hook.HookResult;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.PasswordGuessLimit.Turn;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.Password;

/** AUTH PLAIN and LOGIN: the login password, over TLS only, three attempts per connection. */
public final class PasswordAuthHook implements AuthHook {

    private static final int ATTEMPTS = 3;
    private static final AttachmentKey<Integer> FAILED = AttachmentKey.of("therapost.auth.failed", Integer.class);

    private final LogIn logIn;
    private final AuditLog audit;

    @Inject
    public PasswordAuthHook(LogIn logIn, AuditLog audit) {
        this.logIn = logIn;
        this.audit = audit;
    }

    @Override
    public HookResult doAuth(SMTPSession session, Username username, String password) {
        if (!session.isTLSStarted()) {
            return SmtpReplies.TLS_REQUIRED_FOR_AUTHENTICATION.hookResult();
        }
        Answer answer = attempt(session, username, Password.offered(password), Turn.FIRST);
        return answer.last() ? answer.reply().lastHookResult() : answer.reply().hookResult();
    }

    private record Answer(SmtpReply reply, boolean last) {}

    private Answer attempt(SMTPSession session, Username username, Password password, Turn turn) {
        try {
            CompletableFuture<Boolean> right = logIn.test(
                    username.asString(), password, session.getRemoteAddress().getAddress(), turn);
            return right.isDone()
                    ? judged(session, username, right)
                    : later(session, right, Duration.ZERO, () -> judged(session, username, right));
        } catch (TooManyGuessesException early) {
            Turn next = early.isDelay() ? Turn.AFTER_A_DELAY : turn;
            return later(
                    session,
                    CompletableFuture.completedFuture(true),
                    early.waiting(),
                    () -> attempt(session, username, password, next));
        } catch (CannotTellException unclear) {
            return unavailable(session);
        }
    }

    private static Answer later(
            SMTPSession session, CompletableFuture<Boolean> until, Duration waiting, Supplier<Answer> answer) {
        new PostponedReply(until, waiting, () -> response(answer.get())).leaveIn(session);
        return new Answer(SmtpReplies.AUTHENTICATION_UNAVAILABLE, false);
    }

    private Answer judged(SMTPSession session, Username username, CompletableFuture<Boolean> right) {
        try {
            if (!right.join()) {
                return wrong(session);
            }
            session.setUsername(username);
            return new Answer(SmtpReplies.AUTHENTICATED, false);
        } catch (CompletionException | CancellationException unclear) {
            return unavailable(session);
        }
    }

    private Answer unavailable(SMTPSession session) {
        audit.cannotTell(session, "AUTH");
        return new Answer(SmtpReplies.AUTHENTICATION_UNAVAILABLE, false);
    }

    private static Response response(Answer answer) {
        return answer.last() ? answer.reply().lastResponse() : answer.reply().response();
    }

    private Answer wrong(SMTPSession session) {
        audit.wrongPassword(session);
        int failed = session.getAttachment(FAILED, State.Connection).orElse(0) + 1;
        session.setAttachment(FAILED, failed, State.Connection);
        return new Answer(SmtpReplies.WRONG_PASSWORD, failed >= ATTEMPTS);
    }

    /** There are no tokens here. */
    @Override
    public HookResult doSasl(SMTPSession session, OidcSASLConfiguration configuration, String initialResponse) {
        return SmtpReplies.WRONG_PASSWORD.hookResult();
    }
}
