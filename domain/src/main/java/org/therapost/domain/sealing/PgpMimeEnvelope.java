package org.therapost.domain.sealing;

import java.time.Instant;
import org.therapost.domain.addresses.EmailAddress;

/**
 * The outside of a message that the server itself cannot open (custody {@code own}): all that IMAP shows of it in clear
 * around RFC 3156 PGP/MIME. At rest it is sealed with
 * the server key.
 *
 * @param messageId the message identifier (RFC 5322 section 3.6.4) with its angle brackets, so that replies thread
 */
public record PgpMimeEnvelope(EmailAddress from, EmailAddress to, Instant date, String messageId) {}
