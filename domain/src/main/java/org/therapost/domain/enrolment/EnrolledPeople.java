package org.therapost.domain.enrolment;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.Therapist;

/** Calls the roll: who is enrolled, for operators. Clients are not on it. */
public interface EnrolledPeople {

    /** All practices, by domain. */
    List<Practice> practices() throws CannotTellException;

    /** All therapists, by address. */
    List<Therapist> therapists() throws CannotTellException;
}
