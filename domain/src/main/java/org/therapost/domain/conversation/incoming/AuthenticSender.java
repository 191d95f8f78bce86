package org.therapost.domain.conversation.incoming;

import org.therapost.domain.addresses.EmailAddress;

/**
 * The authenticated author of a message: the address in {@code From:}, aligned as in DMARC (RFC 7489
 * section 3.1).
 *
 * @param fields what else in the header section is the author's
 */
public record AuthenticSender(EmailAddress address, ProvedFields fields) {

    /** Everything in the mail is the author's. */
    public AuthenticSender(EmailAddress address) {
        this(address, ProvedFields.ALL);
    }
}
