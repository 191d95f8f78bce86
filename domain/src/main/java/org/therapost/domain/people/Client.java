package org.therapost.domain.people;

import java.util.Optional;
import org.therapost.domain.sealing.Certificate;

/**
 * A client as one thread knows them. Neither address nor name may reach a log: {@link #toString()} shows neither.
 *
 * @param address the enrolled mailbox
 * @param name what the therapist calls the client
 * @param certificate the client's OpenPGP certificate, if one is on file
 * @param tlsConsent whether the client's consent to carriage over verified TLS is recorded and not revoked
 */
public record Client(EmailAddress address, String name, Optional<Certificate> certificate, boolean tlsConsent) {

    @Override
    public String toString() {
        return "Client[certificate=" + certificate.isPresent() + ", tlsConsent=" + tlsConsent + "]";
    }
}
