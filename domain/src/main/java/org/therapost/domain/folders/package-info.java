/**
 * A therapist's folders, as a mail program sees them: what is known of their names, what the header
 * of a message says, its octets, and what became of a COPY, a MOVE or a command that failed. The
 * store of messages gives these values. IMAP serves them.
 */
@NullMarked
package org.therapost.domain.folders;

import org.jspecify.annotations.NullMarked;
