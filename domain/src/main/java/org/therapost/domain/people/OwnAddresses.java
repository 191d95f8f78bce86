package org.therapost.domain.people;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;

/**
 * Addresses outside under which a therapist's own calendar writes, such as one at Google or iCloud. Only the therapist can
 * say that an address is theirs, by answering our question.
 */
public interface OwnAddresses {

    /** What is known of an address. */
    enum State {
        /** We asked, and have no answer. */
        ASKED,
        /** It is the therapist's: its calendar may write from outside. */
        CONFIRMED,
        /** It is not. */
        REFUSED
    }

    /** What is known of an address; empty if it was never asked about. */
    Optional<State> state(TherapistId therapist, EmailAddress address) throws CannotTellException;

    /** The addresses of a therapist in one state, in the order in which they came up. */
    List<EmailAddress> all(TherapistId therapist, State state) throws CannotTellException;

    /** Remembers that we ask; what was answered before stays. */
    void ask(TherapistId therapist, EmailAddress address) throws CannotTellException;

    /** Records the therapist's answer; does nothing if nobody asked. */
    void answer(TherapistId therapist, EmailAddress address, boolean own) throws CannotTellException;

    /**
     * Forgets an address.
     *
     * @return whether it was known
     */
    boolean forget(TherapistId therapist, EmailAddress address) throws CannotTellException;
}
