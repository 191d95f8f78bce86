package org.therapost.storage;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.enrolment.NewTherapist;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.enrolment.JooqActivations;
import org.therapost.storage.postgres.Database;

/** Therapists who have activated their login. */
public final class TherapistRows {

    private static final PasswordRecord CODE = new PasswordRecord("$test$code");

    private TherapistRows() {}

    /** Adds a therapist of a practice that is there, with a password that proves nothing. */
    public static void add(Database database, ServerKey serverKey, Therapist therapist) throws Exception {
        add(
                database,
                serverKey,
                therapist,
                new KeyWrapping(new PasswordRecord("$test$"), Optional.of(new LockedKey(new byte[] {1}))));
    }

    /** The same with a password. */
    public static void add(Database database, ServerKey serverKey, Therapist therapist, KeyWrapping password)
            throws Exception {
        JooqActivations activations = new JooqActivations(database, serverKey);
        activations.add(
                new NewTherapist(therapist.address(), therapist.practice(), therapist.name(), Optional.empty()),
                CODE,
                Duration.ofDays(7),
                5);
        activations.complete(
                activations.find(therapist.address()).orElseThrow(), therapist, password, Optional.empty());
    }
}
