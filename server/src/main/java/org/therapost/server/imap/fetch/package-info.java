/**
 * FETCH (RFC 3501 section 6.4.5), from the octets of the message up to those of the answer. James answers it with what its mail parser makes of a
 * message: names with quotes too many, hosts cut short, the wrong part, or NO for all messages because of one. Here a message is
 * what it is; one that does not open is answered by a placeholder that says so.
 */
@NullMarked
package org.therapost.server.imap.fetch;

import org.jspecify.annotations.NullMarked;
