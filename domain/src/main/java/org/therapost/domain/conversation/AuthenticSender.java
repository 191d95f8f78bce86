package org.therapost.domain.conversation;

import org.therapost.domain.people.EmailAddress;

/** The one author of a message, proved: the address in {@code From:}, aligned by DMARC (RFC 7489 section 3.1). */
public record AuthenticSender(EmailAddress address) {}
