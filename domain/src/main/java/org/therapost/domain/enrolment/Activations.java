package org.therapost.domain.enrolment;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.PasswordRecord;

/** Keeps therapists who were added, until they activate their login. Each call is one transaction: all of it or nothing. */
public interface Activations {

    /**
     * Adds a therapist; there is neither an account nor a key yet.
     *
     * @param valid how long the code can be used, by the database's clock
     * @return when the code expires
     * @throws EnrolmentException if the address is taken
     */
    Instant add(NewTherapist therapist, PasswordRecord code, Duration valid, int tries)
            throws EnrolmentException, CannotTellException;

    /**
     * Replaces the code of a therapist who has not activated the login yet.
     *
     * @return when the new code expires; empty if nobody of that address waits for an activation
     */
    Optional<Instant> renew(EmailAddress login, PasswordRecord code, Duration valid, int tries)
            throws CannotTellException;

    /** An activation; empty if nobody of that address was added so. */
    Optional<Activation> find(EmailAddress login) throws CannotTellException;

    /**
     * Counts one try of a code that can still be used, before it is looked at.
     *
     * @return whether there was one left
     */
    boolean countTry(EmailAddress login) throws CannotTellException;

    /**
     * Makes account and therapist, with their folders (INBOX, Enquiries, Drafts, Sent, Trash), subscribed. The code is used from now on.
     *
     * @param recoveryCode empty in custody {@code own}
     * @throws EnrolmentException if it was used, or replaced, meanwhile
     */
    void complete(Activation activation, Therapist therapist, KeyWrapping password, Optional<KeyWrapping> recoveryCode)
            throws EnrolmentException, CannotTellException;

    /** Who waits for an activation, by address. */
    List<Activation> waiting() throws CannotTellException;
}
