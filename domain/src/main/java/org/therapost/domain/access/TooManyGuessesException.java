package org.therapost.domain.access;

import java.time.Duration;
import org.therapost.domain.answers.CannotTellException;

/** A password was not looked at, because too many wrong ones came before it or may have: ask again after a while. */
public class TooManyGuessesException extends CannotTellException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;
    private final boolean delay;

    /**
     * Asks for patience.
     *
     * @param wait after which the same password may be offered again
     * @param delay whether this is the delay of the guess; otherwise others are in work, of which nobody knows yet whether they
     *     are wrong
     */
    public TooManyGuessesException(Duration wait, boolean delay) {
        super("too many wrong passwords");
        this.wait = wait;
        this.delay = delay;
    }

    /** After which the same password may be offered again. */
    public Duration waiting() {
        return wait;
    }

    /** Whether the guess has been delayed with this wait. */
    public boolean isDelay() {
        return delay;
    }
}
