package org.therapost.domain.carriage;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;

/** With what the mail of threads is signed. */
public interface SigningSubkeys {

    /**
     * The signing subkey of a thread's current key.
     *
     * @return empty for the key of an earlier release, until the therapist logs in
     */
    Optional<SigningSubkey> of(ThreadId thread) throws CannotTellException;

    /** The current keys of a therapist's threads that have no signing subkey. */
    List<Missing> missing(Therapist therapist) throws CannotTellException;

    /** Adds the subkey that a thread's current key lacks; does nothing if that key has one by now, or is not the current one. */
    void add(Missing key, SigningSubkey subkey) throws CannotTellException;

    /**
     * Adds the next key of a thread, which becomes the current one, in one transaction; does nothing if the key before has a signing
     * subkey by now, or is not the current one. What was sealed to the key before stays sealed to it, and its shares stay.
     *
     * @param keyId key ID of the next key's encryption subkey
     */
    void succeed(Missing before, long keyId, SigningSubkey next, SealedKey share) throws CannotTellException;

    /**
     * A thread's current key, which has no signing subkey.
     *
     * @param therapist whose thread it is
     * @param address the thread's
     * @param keyId key ID of its encryption subkey
     */
    record Missing(ThreadId thread, TherapistId therapist, EmailAddress address, long keyId, Certificate certificate) {}
}
