/**
 * FETCH (RFC 3501 section 6.4.5), made from the octets of the message. James answers FETCH from its
 * mail parser, and then gets some names, hosts and part numbers wrong, or answers NO for all
 * messages because of one. Here the octets decide. A message that cannot be opened is answered by a
 * placeholder that says so.
 */
@NullMarked
package org.therapost.protocols.imap.fetch;

import org.jspecify.annotations.NullMarked;
