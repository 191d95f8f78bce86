package org.therapost.domain.conversation;

import org.therapost.domain.people.Therapist;

/** What an address of ours leads to. */
public sealed interface Destination {

    /** A thread's address. */
    record ToThread(ClientThread thread) implements Destination {}

    /** A therapist's public address. */
    record ToTherapist(Therapist therapist) implements Destination {}
}
