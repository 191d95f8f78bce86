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
import org.therapost.domain.sealing.ReaderSession;
import org.therapost.domain.sealing.ReaderSessions;

/**
 * Mailbox sessions of therapists. The right password begins a session in {@link ReaderSessions}; {@link ReadingSession}
 * ends it. Nobody speaks for anybody else.
 */
public final class LoginSessions implements SessionProvider {

    private static final String READER = "therapost.reader";

    private final ReaderSessions readers;
    private final Spelling spelling;
    private final SecureRandom random = new SecureRandom();

    public LoginSessions(ReaderSessions readers, Spelling spelling) {
        this.readers = readers;
        this.spelling = spelling;
    }

    /** The reader's session that was begun for this one; whoever keeps this one closes it. */
    static ReaderSession reader(MailboxSession session) {
        if (session.getAttributes().get(READER) instanceof ReaderSession reader) {
            return reader;
        }
        throw new IllegalStateException("nobody has logged in on this IMAP connection");
    }

    @Override
    public AuthorizationStep authenticate(Username user, String password) {
        return new OnlySelf(user) {
            @Override
            public MailboxSession withoutDelegation() throws MailboxException {
                if (!begins(user, password)) {
                    throw new BadCredentialsException();
                }
                ReaderSession begun = readers.begun(spelling.account(user));
                try {
                    return of(user, begun);
                } catch (RuntimeException | Error failed) {
                    begun.close();
                    throw failed;
                }
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

    /** The mailbox session of a reader's session. */
    MailboxSession of(Username user, ReaderSession reader) {
        MailboxSession session = session(user, MailboxSession.SessionType.User);
        session.getAttributes().put(READER, reader);
        return session;
    }

    /** Whose session a right password begins: all that could fail about it is done before. */
    record Holder(Username user, Optional<EmailAddress> account, ReaderSessions readers) {

        /** The session that a login with the right password has begun; an account without an address has none. */
        ReaderSession begun() {
            return readers.begun(account.orElseThrow());
        }
    }

    /** The holder of the sessions of a login as it was typed. */
    Holder holder(Username user, String login) {
        return new Holder(user, accountOf(address(login)), readers);
    }

    private static Optional<EmailAddress> accountOf(String address) {
        try {
            return Optional.of(EmailAddress.of(address));
        } catch (IllegalArgumentException nobody) {
            return Optional.empty();
        }
    }

    /**
     * The user that a login names, as James takes it: without the dot that may stand behind a domain. Empty if there can be none of that name.
     */
    Optional<Username> user(String login) {
        try {
            return Optional.of(Username.of(login));
        } catch (IllegalArgumentException otherwise) {
            try {
                return Optional.of(Username.of(EmailAddress.of(address(login)).canonical()));
            } catch (IllegalArgumentException nobody) {
                return Optional.empty();
            }
        }
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
