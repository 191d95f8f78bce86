package org.therapost.server.imap;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.james.core.Username;
import org.apache.james.mailbox.MailboxSession;
import org.apache.james.mailbox.SessionProvider;
import org.apache.james.mailbox.exception.BadCredentialsException;
import org.apache.james.mailbox.exception.ForbiddenDelegationException;
import org.apache.james.mailbox.exception.MailboxException;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.Password;
import org.therapost.domain.sealing.ReaderSessions;

/**
 * Mailbox sessions of therapists. The right password begins a session in {@link ReaderSessions}; {@link ReadingSession}
 * ends it. Nobody speaks for anybody else.
 */
public final class LoginSessions implements SessionProvider {

    private static final String ACCOUNT = "therapost.account";

    private final ReaderSessions readers;
    private final Spelling spelling;
    private final SecureRandom random = new SecureRandom();

    public LoginSessions(ReaderSessions readers, Spelling spelling) {
        this.readers = readers;
        this.spelling = spelling;
    }

    /** The account whose session was begun for this one. */
    static EmailAddress account(MailboxSession session) {
        if (session.getAttributes().get(ACCOUNT) instanceof EmailAddress account) {
            return account;
        }
        throw new IllegalStateException("nobody has logged in to this session");
    }

    @Override
    public AuthorizationStep authenticate(Username user, String password) {
        return new OnlySelf(user) {
            @Override
            public MailboxSession withoutDelegation() throws MailboxException {
                if (!begins(user, password)) {
                    throw new BadCredentialsException();
                }
                return of(user);
            }
        };
    }

    @Override
    public AuthorizationStep authenticate(Username user) {
        return new OnlySelf(user) {
            @Override
            public MailboxSession withoutDelegation() {
                return createSystemSession(user);
            }
        };
    }

    @Override
    public MailboxSession createSystemSession(Username user) {
        return session(user, MailboxSession.SessionType.System);
    }

    /** The session of a reader whose session in {@link ReaderSessions} has begun. */
    MailboxSession of(Username user) {
        MailboxSession session = session(user, MailboxSession.SessionType.User);
        session.getAttributes().put(ACCOUNT, spelling.account(user));
        return session;
    }

    /** The account's address, from a login as it was typed. */
    String address(String login) {
        return spelling.address().apply(login);
    }

    private boolean begins(Username user, String password) throws MailboxException {
        try {
            return readers.begin(spelling.account(user), Password.offered(password));
        } catch (IllegalArgumentException noAddress) {
            return false;
        } catch (CannotTellException later) {
            throw new MailboxException("the account could not be looked up", later);
        }
    }

    private MailboxSession session(Username user, MailboxSession.SessionType type) {
        return new MailboxSession(
                MailboxSession.SessionId.of(random.nextLong()),
                user,
                Optional.of(user),
                new ArrayList<>(),
                spelling.delimiter(),
                type);
    }

    private abstract static class OnlySelf implements AuthorizationStep {

        private final Username user;

        OnlySelf(Username user) {
            this.user = user;
        }

        @Override
        public MailboxSession as(Username other) throws MailboxException {
            throw new ForbiddenDelegationException(user, other);
        }

        @Override
        public MailboxSession forMatchingUser(Predicate<Username> predicate) throws MailboxException {
            throw new ForbiddenDelegationException(user);
        }
    }
}
