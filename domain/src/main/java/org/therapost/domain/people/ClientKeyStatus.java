package org.therapost.domain.people;

/** How it stands with a client's OpenPGP key. */
public enum ClientKeyStatus {
    /** There is none. */
    NONE,
    /** There is one, and it is not used before the therapist has confirmed it. */
    PENDING,
    /** One is used that the therapist has not compared yet. */
    NOT_COMPARED,
    /** One is used that the therapist has compared. */
    COMPARED,
    /** One is used, for a day at most: another one waits for the therapist. */
    CHANGED,
    /** None is used any more, since another one has waited for the therapist for a day: answers wait. */
    HELD_BACK
}
