/**
 * Keys and passwords: OpenPGP keys, the shares of thread keys, and the login passwords that lock a
 * therapist's secret key.
 */
@NullMarked
package org.therapost.domain.sealing.keys;

import org.jspecify.annotations.NullMarked;
