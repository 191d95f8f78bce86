package org.therapost.server.administration.routes;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolmentException;

/** What one kind of request does. */
public interface Route {

    /**
     * Answers a request.
     *
     * @return what Jackson writes as a JSON object
     * @throws EnrolmentException if it cannot be done as asked; nothing was changed
     */
    Object answer(Request request) throws EnrolmentException, CannotTellException;
}
