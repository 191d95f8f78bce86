/**
 * Who really wrote a message: SPF (RFC 7208), DKIM (RFC 6376) and the alignment of DMARC (RFC
 * 7489). Only a positive proof by the author's own domain counts. If DNS does not answer, nothing
 * is decided.
 */
@NullMarked
package org.therapost.mailets.authentication;

import org.jspecify.annotations.NullMarked;
