/**
 * The places of a message's parts in its octets. IMAP serves parts octet for octet (RFC 3501
 * section 6.4.5) and describes them in octets and lines. So this code decodes nothing, and keeps
 * nothing of a message but its header sections and some numbers.
 */
@NullMarked
package org.therapost.domain.mime;

import org.jspecify.annotations.NullMarked;
