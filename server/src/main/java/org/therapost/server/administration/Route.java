package org.therapost.server.administration;

import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.EnrolmentException;

/** What one kind of request does. */
interface Route {

    /**
     * Answers a request.
     *
     * @return what Jackson writes as a JSON object
     * @throws EnrolmentException if it cannot be done as asked; nothing was changed
     */
    Object answer(Request request) throws EnrolmentException, CannotTellException;
}
