/**
 * Who really wrote a message: SPF (RFC 7208), DKIM (RFC 6376) and the alignment of DMARC (RFC 7489). Only a positive
 * proof by the author's own domain counts; where none could be had because DNS was away, nothing is decided.
 */
@NullMarked
package org.therapost.mailets.authentication;

import org.jspecify.annotations.NullMarked;
