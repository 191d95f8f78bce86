package org.therapost.domain.people;

import org.therapost.domain.answers.CannotTellException;

/** Where practices' signing keys rest. */
public interface SigningKeys {

    /** The key that signs for a practice now. */
    SigningKey of(PracticeId practice) throws CannotTellException;
}
