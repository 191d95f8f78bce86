package org.therapost.domain.conversation.incoming;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/** Tells who really wrote a message. */
public interface Senders {

    /**
     * Authenticates the author of a message.
     *
     * @throws RefusedException if it has not exactly one author or the author's domain did not prove to have sent it
     * @throws CannotTellException if DNS did not answer
     */
    AuthenticSender authenticate(ArrivedMail mail) throws RefusedException, CannotTellException;
}
