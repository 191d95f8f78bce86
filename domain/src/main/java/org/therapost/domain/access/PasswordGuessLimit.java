package org.therapost.domain.access;

import java.net.InetAddress;
import org.therapost.domain.answers.CannotTellException;

/** How many passwords may be tried: for an account from a network, for a network, and for an account from anywhere. */
public interface PasswordGuessLimit {

    /**
     * Asks for leave to try one password. It counts as wrong from now on, so that guesses made at once are counted too.
     *
     * @param login as it was given; it need not be anybody's
     * @param turn an account that many guess at is delayed once, not shut
     * @throws TooManyGuessesException if it is too early, and worth waiting for
     * @throws CannotTellException if it is too early, and not worth waiting for
     */
    Guess begin(String login, InetAddress from, Turn turn) throws CannotTellException;

    /** How often this very guess has been asked for. */
    enum Turn {
        FIRST,
        /** It was put off before, and waited. */
        AFTER_A_DELAY
    }

    /** One guess; one of the three is called exactly once. */
    interface Guess {

        /** It was right: it does not count, and what was counted for this account from this network is forgotten. */
        void right();

        /** It was wrong. */
        void wrong();

        /** It could not be told: it does not count. */
        void undecided();
    }
}
