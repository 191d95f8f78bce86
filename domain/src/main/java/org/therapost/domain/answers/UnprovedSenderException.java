package org.therapost.domain.answers;

import org.therapost.domain.addresses.EmailAddress;

/**
 * The author's provider signed the mail, but not for this address or not the words that matter: it may be hers, handed on by
 * somebody else.
 */
public final class UnprovedSenderException extends RefusedException {

    private static final long serialVersionUID = 1L;

    private final transient EmailAddress claimed;

    public UnprovedSenderException(EmailAddress claimed) {
        super(Refusal.NOT_PROVED);
        this.claimed = claimed;
    }

    /** Who the author is said to be. */
    public EmailAddress claimed() {
        return claimed;
    }
}
