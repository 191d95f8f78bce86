/**
 * Sealing: encrypting mail so that only its readers can open it. Storage takes a {@link
 * org.therapost.domain.sealing.SealedMessage}. Neither this package nor any below it has an
 * overload for plain octets.
 */
@NullMarked
package org.therapost.domain.sealing;

import org.jspecify.annotations.NullMarked;
