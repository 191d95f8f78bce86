/**
 * Limits of what comes in by SMTP and IMAP: how large a message may be, how much of all messages is
 * in memory at the same time, how many connections one network may have.
 */
@NullMarked
package org.therapost.protocols.limits;

import org.jspecify.annotations.NullMarked;
