package org.therapost.protocols.smtp.handlers;

import java.util.Optional;
import org.apache.james.core.MailAddress;
import org.therapost.domain.addresses.EmailAddress;

/** Turns James's addresses into ours. */
final class SmtpAddresses {

    private SmtpAddresses() {}

    /** Empty if it is no mailbox address in our sense, such as one with an address literal. */
    static Optional<EmailAddress> read(MailAddress address) {
        return read(address.asString());
    }

    /** Empty if it is no mailbox address in our sense. */
    static Optional<EmailAddress> read(String address) {
        return EmailAddress.parse(address).toOptional();
    }
}
