package org.therapost.domain.people;

/** How it stands with a client's OpenPGP key. */
public enum ClientKeyStatus {
    /** None is in use, and none waits. */
    NONE,
    /** There is one, the only one so far, and it is not used before the therapist has confirmed it. */
    PENDING,
    /** One is used that the therapist has not compared yet. */
    NOT_COMPARED,
    /** One is used that the therapist has compared. */
    COMPARED,
    /** One is used, for a day at most: another one waits for the therapist. */
    CHANGED,
    /**
     * None is used any more, and another one waits for the therapist: for a day already, or the one in use went away. Answers wait,
     * whatever consent is recorded.
     */
    HELD_BACK
}
