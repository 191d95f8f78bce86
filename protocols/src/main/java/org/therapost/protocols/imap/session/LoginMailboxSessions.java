package org.therapost.protocols.imap.session;

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
import org.therapost.domain.access.ReaderLogin;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.Password;

/**
 * Mailbox sessions of therapists. The right password begins a session in {@link ReaderLogins}; {@link TherapostImapSession}
 * ends it. Nobody speaks for anybody else.
 */
public final class LoginMailboxSessions implements SessionProvider {

    private static final String READER = "therapost.reader";

    private final ReaderLogins readers;
    private final ImapNaming imapNaming;
    private final SecureRandom random = new SecureRandom();

    public LoginMailboxSessions(ReaderLogins readers, ImapNaming imapNaming) {
        this.readers = readers;
        this.imapNaming = imapNaming;
    }

    /** The reader's session that was begun for this one; whoever keeps this one closes it. */
    static ReaderLogin reader(MailboxSession session) {
        if (session.getAttributes().get(READER) instanceof ReaderLogin reader) {
            return reader;
        }
        throw new IllegalStateException("nobody has logged in on this IMAP connection");
    }

    @Override
    public AuthorizationStep authenticate(Username user, String password) {
        return new OnlySelf(user) {
            @Override
            public MailboxSession withoutDelegation() throws MailboxException {
                ReaderLogin begun = begin(user, password).orElseThrow(BadCredentialsException::new);
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
    MailboxSession of(Username user, ReaderLogin reader) {
        MailboxSession session = session(user, MailboxSession.SessionType.User);
        session.getAttributes().put(READER, reader);
        return session;
    }

    /**
     * The user that a login names, as James takes it: without the dot that may stand behind a domain. Empty if there can be none of that name.
     */
    Optional<Username> user(String login) {
        try {
            return Optional.of(Username.of(login));
        } catch (IllegalArgumentException otherwise) {
            return EmailAddress.parse(address(login)).toOptional().map(account -> Username.of(account.canonical()));
        }
    }

    /** The account's address, from a login as it was typed. */
    String address(String login) {
        return imapNaming.address().apply(login);
    }

    private Optional<ReaderLogin> begin(Username user, String password) throws MailboxException {
        try {
            Optional<EmailAddress> account =
                    EmailAddress.parse(address(user.asString())).toOptional();
            return account.isPresent() ? readers.begin(account.get(), Password.offered(password)) : Optional.empty();
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
                imapNaming.delimiter(),
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
