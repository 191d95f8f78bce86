/**
 * Where the parts of a message lie in its octets. IMAP serves parts as they are, octet for octet (RFC 3501 section 6.4.5), and describes
 * them in octets and lines; so nothing here decodes, and nothing is kept of a message but its header sections and some numbers.
 */
@NullMarked
package org.therapost.storage.james.mime;

import org.jspecify.annotations.NullMarked;
