package org.therapost.domain.conversation;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Certificate;

/**
 * The conversation of one therapist with one client, behind one neutral address.
 *
 * @param address the address by which client and therapist reach each other
 * @param key to which every message of the thread is sealed
 */
public record ClientThread(ThreadId id, EmailAddress address, Therapist therapist, Client client, Certificate key) {}
