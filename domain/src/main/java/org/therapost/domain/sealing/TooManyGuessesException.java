package org.therapost.domain.sealing;

import java.time.Duration;
import org.therapost.domain.conversation.CannotTellException;

/** A password was not looked at, because too many wrong ones came before it: ask again after a while. */
public class TooManyGuessesException extends CannotTellException {

    private static final long serialVersionUID = 1L;

    private final Duration wait;

    /** @param wait after which the same password may be offered again */
    public TooManyGuessesException(Duration wait) {
        super("too many wrong passwords");
        this.wait = wait;
    }

    /** After which the same password may be offered again. */
    public Duration waiting() {
        return wait;
    }
}
