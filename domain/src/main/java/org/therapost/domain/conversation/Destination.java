package org.therapost.domain.conversation;

import org.therapost.domain.people.Therapist;

/** The thread or therapist that an address of ours names. */
public sealed interface Destination {

    /** A thread's address. */
    record ToThread(ClientThread thread) implements Destination {}

    /** A therapist's public address. */
    record ToTherapist(Therapist therapist) implements Destination {}
}
