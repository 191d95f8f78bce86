/**
 * Access: a therapist logs in with a password. Guesses are limited; the right password opens the
 * therapist's key in memory, and the end of the last login of that account wipes it.
 */
@NullMarked
package org.therapost.domain.access;

import org.jspecify.annotations.NullMarked;
