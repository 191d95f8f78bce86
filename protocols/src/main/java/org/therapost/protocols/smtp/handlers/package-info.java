/**
 * SMTP: hooks and the DATA command of the public server and of the submission server. Messages are
 * collected in memory, octet for octet, and given to one journey before DATA is answered. Nothing
 * is prepended, not even a {@code Received:} field: what is sealed is what was sent. The audit log
 * has the rest.
 */
@NullMarked
package org.therapost.protocols.smtp.handlers;

import org.jspecify.annotations.NullMarked;
