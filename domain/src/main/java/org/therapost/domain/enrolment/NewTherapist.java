package org.therapost.domain.enrolment;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.sealing.Certificate;

/**
 * A therapist whom an operator has added and who has not activated the login yet.
 *
 * @param certificate in custody {@code own}; empty in custody {@code login}, where the key is made at the activation
 */
public record NewTherapist(EmailAddress login, PracticeId practice, String name, Optional<Certificate> certificate) {

    /** Where the secret key will rest. */
    public Custody custody() {
        return certificate.isPresent() ? Custody.OWN : Custody.LOGIN;
    }
}
