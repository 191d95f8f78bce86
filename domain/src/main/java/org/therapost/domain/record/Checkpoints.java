package org.therapost.domain.record;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.TherapistId;

/** Where checkpoints rest: in the database, and in a file outside of it. */
public interface Checkpoints {

    /**
     * The checkpoint that a therapist's key should sign now.
     *
     * @param fingerprint of the therapist's certificate
     * @param apart the shortest time between two of one therapist
     * @return empty if nothing has come since the last one, or that is younger than {@code apart}
     */
    Optional<Checkpoint> due(TherapistId therapist, String fingerprint, Duration apart) throws CannotTellException;

    /**
     * Keeps a signed checkpoint in both places.
     *
     * @throws CannotTellException if it did not get into both
     */
    void keep(Checkpoint checkpoint, String signed) throws CannotTellException;

    /** Whether the therapist was given none for so long, and has had time to get one since the first was made. */
    boolean isNoteDue(TherapistId therapist, Duration apart) throws CannotTellException;

    /** Remembers that the therapist was given one. */
    void noted(Checkpoint checkpoint) throws CannotTellException;
}
