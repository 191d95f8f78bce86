package org.therapost.protocols.imap.session;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.imap.api.ImapConfiguration;
import org.apache.james.imap.api.ImapMessage;
import org.apache.james.imap.api.ImapSessionState;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.message.request.ImapRequest;
import org.apache.james.imap.api.message.response.StatusResponse;
import org.apache.james.imap.api.message.response.StatusResponseFactory;
import org.apache.james.imap.api.process.ImapProcessor;
import org.apache.james.imap.api.process.ImapSession;
import org.apache.james.imap.message.request.AuthenticateRequest;
import org.apache.james.imap.message.request.IRAuthenticateRequest;
import org.apache.james.imap.message.request.LoginRequest;
import org.apache.james.imap.message.response.AuthenticateResponse;
import org.apache.james.imap.message.response.ImmutableStatusResponse;
import org.apache.james.imap.message.response.UnpooledStatusResponseFactory;
import org.apache.james.mailbox.MailboxManager;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.model.MailboxPath;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.LoginAnswer;
import org.therapost.domain.access.PasswordGuessLimit.Turn;
import org.therapost.domain.access.ReaderLogin;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.Password;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/**
 * LOGIN and AUTHENTICATE PLAIN. A login that must wait is put off: nothing stands still for it. James's own processors
 * answer at once or never, and serve all other commands and all that is refused before a password is looked at.
 */
public final class LoginCommands implements ImapProcessor {

    private static final Logger LOG = LoggerFactory.getLogger(LoginCommands.class);
    private static final int ATTEMPTS = 3;
    private static final String FAILED = "org.therapost.failed-logins";

    private final ImapProcessor others;
    private final LogIn logIn;
    private final LoginMailboxSessions sessions;
    private final MailboxManager mailboxes;
    private final Scheduler scheduler;
    private final StatusResponseFactory responses = new UnpooledStatusResponseFactory();

    /** @param others James's processors */
    public LoginCommands(
            ImapProcessor others,
            LogIn logIn,
            LoginMailboxSessions sessions,
            MailboxManager mailboxes,
            Scheduler scheduler) {
        this.others = others;
        this.logIn = logIn;
        this.sessions = sessions;
        this.mailboxes = mailboxes;
        this.scheduler = scheduler;
    }

    @Override
    public void process(ImapMessage message, Responder responder, ImapSession session) {
        processReactive(message, responder, session).block();
    }

    @Override
    public void configure(ImapConfiguration configuration) {
        others.configure(configuration);
    }

    @Override
    public Mono<Void> processReactive(ImapMessage message, Responder responder, ImapSession session) {
        boolean welcome = session.getState() == ImapSessionState.NON_AUTHENTICATED && !session.isPlainAuthDisallowed();
        if (welcome && session instanceof TherapostImapSession reading) {
            if (message instanceof LoginRequest login) {
                PlainCredentials offered =
                        new PlainCredentials(login.getUserid().asString(), Password.offered(login.getPassword()));
                return new Attempt(login, responder, reading).with(Optional.of(offered));
            }
            if (message instanceof AuthenticateRequest plain
                    && plain.getAuthType().equalsIgnoreCase("PLAIN")) {
                return authenticate(new Attempt(plain, responder, reading), plain);
            }
        }
        return others.processReactive(message, responder, session);
    }

    private static Mono<Void> authenticate(Attempt attempt, AuthenticateRequest request) {
        if (request instanceof IRAuthenticateRequest withResponse) {
            return attempt.with(PlainCredentials.ofPlain(withResponse.getInitialClientResponse()));
        }
        return Mono.fromRunnable(attempt::askForResponse);
    }

    private final class Attempt {

        private final ImapRequest request;
        private final Responder responder;
        private final TherapostImapSession session;

        Attempt(ImapRequest request, Responder responder, TherapostImapSession session) {
            this.request = request;
            this.responder = responder;
            this.session = session;
        }

        /** RFC 9051 section 6.2.2: the response comes as a line of its own; one with "*" ends it. */
        void askForResponse() {
            session.executeSafely(() -> {
                responder.respond(new AuthenticateResponse());
                responder.flush();
                session.pushLineHandler((any, line) -> {
                    session.popLineHandler();
                    String response = new String(line, StandardCharsets.US_ASCII).strip();
                    session.goOnWith(
                            response.equals("*")
                                    ? Mono.fromRunnable(this::cancelled)
                                    : with(PlainCredentials.ofPlain(response))
                                            .then(Mono.fromRunnable(responder::flush)));
                });
            });
        }

        Mono<Void> with(Optional<PlainCredentials> offered) {
            Optional<Username> user = offered.flatMap(some -> sessions.user(some.login()));
            if (user.isEmpty()) {
                return Mono.fromRunnable(() -> wrong());
            }
            return Mono.defer(() -> tried(offered.get(), user.get(), Turn.FIRST));
        }

        private Mono<Void> tried(PlainCredentials offered, Username user, Turn turn) {
            return answer(offered, turn)
                    // A password is hashed elsewhere; a login's other work is for the commands' threads.
                    .publishOn(scheduler)
                    // The connection may be gone by now, on every way to here; not below, where all is discarded that
                    // was taken.
                    .doOnDiscard(LoginAnswer.class, LoginAnswer::close)
                    .doOnNext(answer -> {
                        if (answer instanceof LoginAnswer.Right right) {
                            right(user, right.login());
                        } else {
                            wrong();
                        }
                    })
                    .then()
                    .onErrorResume(TooManyGuessesException.class, early -> later(early, offered, user, turn))
                    .onErrorResume(CannotTellException.class, busy -> Mono.fromRunnable(this::unavailable));
        }

        private Mono<LoginAnswer> answer(PlainCredentials offered, Turn turn) {
            return Mono.defer(() -> {
                try {
                    return Mono.fromFuture(
                            logIn.begin(sessions.address(offered.login()), offered.password(), session.peer(), turn));
                } catch (CannotTellException notNow) {
                    return Mono.error(notNow);
                }
            });
        }

        private Mono<Void> later(TooManyGuessesException early, PlainCredentials offered, Username user, Turn turn) {
            Turn next = early.isDelay() ? Turn.AFTER_A_DELAY : turn;
            return Mono.delay(early.waiting(), scheduler)
                    .then(Mono.defer(() -> session.isOver() ? Mono.empty() : tried(offered, user, next)));
        }

        /** The key is open now: whatever fails before the program knows of its login closes it, and ends the connection. */
        private void right(Username user, ReaderLogin begun) {
            boolean done = false;
            try {
                MailboxSession own = sessions.of(user, begun);
                session.setMailboxSession(own);
                session.authenticated();
                session.stopDetectingCommandInjection();
                makeInbox(own);
                responder.respond(
                        responses.taggedOk(request.getTag(), request.getCommand(), HumanReadableText.COMPLETED));
                done = true;
            } finally {
                if (!done) {
                    begun.close();
                    session.over();
                    session.logout().block();
                }
            }
        }

        /** RFC 9051 section 5.1: there always is one, also after somebody renamed it. */
        private void makeInbox(MailboxSession own) {
            MailboxPath inbox = MailboxPath.inbox(own);
            try {
                if (!Mono.from(mailboxes.mailboxExists(inbox, own))
                        .blockOptional()
                        .orElse(false)) {
                    mailboxes.createMailbox(inbox, MailboxManager.CreateOption.CREATE_SUBSCRIPTION, own);
                }
            } catch (MailboxException unclear) {
                // SELECT will tell; whoever makes it at the same time makes the same.
                LOG.warn(
                        "INBOX could not be made at a login: {}",
                        unclear.getClass().getSimpleName());
            }
        }

        private void wrong() {
            int failed = session.getAttribute(FAILED) instanceof Integer before ? before + 1 : 1;
            session.setAttribute(FAILED, failed);
            if (failed >= ATTEMPTS) {
                responder.respond(responses.bye(HumanReadableText.TOO_MANY_FAILURES));
                session.logout().block();
                return;
            }
            // In James's words and without a code of RFC 5530, since its scripts have it so.
            HumanReadableText why = request instanceof LoginRequest
                    ? HumanReadableText.INVALID_LOGIN
                    : HumanReadableText.AUTHENTICATION_FAILED;
            responder.respond(responses.taggedNo(request.getTag(), request.getCommand(), why));
        }

        private void unavailable() {
            respond("[UNAVAILABLE] please try again later");
        }

        private void cancelled() {
            responder.respond(responses.taggedBad(
                    request.getTag(), request.getCommand(), HumanReadableText.AUTHENTICATION_FAILED));
            responder.flush();
        }

        /** RFC 9051 section 7.1; James knows neither of these codes. */
        private void respond(String text) {
            responder.respond(new ImmutableStatusResponse(
                    StatusResponse.Type.NO,
                    request.getTag(),
                    null,
                    new HumanReadableText("therapost.login", text),
                    null));
        }
    }
}
