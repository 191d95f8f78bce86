/**
 * The submission server (RFC 6409): a therapist who is logged in writes as nobody else, to one
 * client or to the office.
 */
@NullMarked
package org.therapost.protocols.smtp.submission;

import org.jspecify.annotations.NullMarked;
