package org.therapost.domain.sealing;

import java.net.InetAddress;
import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.EmailAddress;

/**
 * Logging in, over whatever protocol: guesses are limited first, then the password is tried. What is said of an unknown
 * login is what is said of a wrong password, after the same work.
 */
public final class LogIn {

    private final ReaderSessions sessions;
    private final GuessLimit guesses;

    public LogIn(ReaderSessions sessions, GuessLimit guesses) {
        this.sessions = sessions;
        this.guesses = guesses;
    }

    /**
     * Begins a reader's session.
     *
     * @param login as it was given
     * @param from the address that asks
     * @param waited whether the same was asked before, and put off by a {@link TooManyGuessesException}
     * @return whether the password was right; then {@link ReaderSessions#end} must follow exactly once
     * @throws TooManyGuessesException if the password was not looked at, and may be offered again after a while
     * @throws CannotTellException if it was not looked at for another reason
     */
    public boolean begin(String login, Password password, InetAddress from, boolean waited) throws CannotTellException {
        return attempt(login, from, waited, address -> sessions.begin(address, password));
    }

    /** Whether the password is right, without beginning a session; otherwise like {@link #begin}. */
    public boolean test(String login, Password password, InetAddress from, boolean waited) throws CannotTellException {
        return attempt(login, from, waited, address -> sessions.test(address, password));
    }

    private boolean attempt(String login, InetAddress from, boolean waited, Trial trial) throws CannotTellException {
        Optional<EmailAddress> address = address(login);
        // One account has one count, however its address is spelled: with a final dot, in letters of another width.
        GuessLimit.Guess guess =
                guesses.begin(address.map(EmailAddress::canonical).orElse(login), from, waited);
        boolean decided = false;
        try {
            boolean right = address.isPresent() && trial.succeeds(address.get());
            decided = true;
            if (right) {
                guess.right();
            } else {
                guess.wrong();
            }
            return right;
        } finally {
            if (!decided) {
                guess.undecided();
            }
        }
    }

    private static Optional<EmailAddress> address(String login) {
        try {
            return Optional.of(EmailAddress.of(login));
        } catch (IllegalArgumentException nobodys) {
            return Optional.empty();
        }
    }

    @FunctionalInterface
    private interface Trial {
        boolean succeeds(EmailAddress login) throws CannotTellException;
    }
}
