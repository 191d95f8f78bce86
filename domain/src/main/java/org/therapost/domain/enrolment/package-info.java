/**
 * Enrolment: how practices, therapists and clients come to be known, with their keys and their
 * mailboxes. Operators do it, and see no message.
 */
@NullMarked
package org.therapost.domain.enrolment;

import org.jspecify.annotations.NullMarked;
