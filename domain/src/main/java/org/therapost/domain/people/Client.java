package org.therapost.domain.people;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.Certificate;

/**
 * A client as one thread knows them. Neither address nor name may reach a log: {@link #toString()} shows neither.
 *
 * @param mailboxes the enrolled mailboxes
 * @param name what the therapist calls the client
 * @param certificate the OpenPGP certificate to which answers may be encrypted now, as far as the therapist has a say in it
 * @param keyStatus how it stands with the client's keys
 * @param tlsConsent whether answers may go over verified TLS: the client's consent is recorded and not revoked, also not by a
 *     later key that went away, and no other key holds answers back
 */
public record Client(
        ClientMailboxes mailboxes,
        String name,
        Optional<Certificate> certificate,
        ClientKeyStatus keyStatus,
        boolean tlsConsent) {

    /** A client whose key, if there is one, was compared. */
    public Client(ClientMailboxes mailboxes, String name, Optional<Certificate> certificate, boolean tlsConsent) {
        this(
                mailboxes,
                name,
                certificate,
                certificate.isPresent() ? ClientKeyStatus.COMPARED : ClientKeyStatus.NONE,
                tlsConsent);
    }

    /** A client with one mailbox. */
    public Client(EmailAddress address, String name, Optional<Certificate> certificate, boolean tlsConsent) {
        this(ClientMailboxes.only(address), name, certificate, tlsConsent);
    }

    /** The mailbox to which answers and letters go. */
    public EmailAddress address() {
        return mailboxes.primary();
    }

    /** Whether mail can be sent there at all; if not, its form is refused now and was not when it was entered. */
    public boolean isReachable() {
        return mailboxes.areReachable();
    }

    /** Whether mail of that author is the client's own. */
    public boolean writesAs(EmailAddress author) {
        return mailboxes.include(author);
    }

    @Override
    public String toString() {
        return "Client[key=" + keyStatus + ", tlsConsent=" + tlsConsent + "]";
    }
}
