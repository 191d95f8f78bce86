package org.therapost.domain.people;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.Certificate;

/**
 * A therapist as mail meets them.
 *
 * @param address the public address, which is also the login name
 * @param name the display name, as given at enrolment
 * @param certificate to which everything without a thread (drafts, enquiries, notices) is sealed
 */
public record Therapist(
        TherapistId id,
        PracticeId practice,
        EmailAddress address,
        String name,
        Custody custody,
        Certificate certificate) {}
