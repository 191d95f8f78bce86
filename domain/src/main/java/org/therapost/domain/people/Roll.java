package org.therapost.domain.people;

import java.util.List;
import org.therapost.domain.conversation.CannotTellException;

/** Calls the roll: who is enrolled, for operators. Clients are not on it. */
public interface Roll {

    /** All practices, by domain. */
    List<Practice> practices() throws CannotTellException;

    /** All therapists, by address. */
    List<Therapist> therapists() throws CannotTellException;
}
