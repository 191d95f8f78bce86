/**
 * Sealing: turning mail into something that only its readers can open. Storage takes a
 * {@link org.therapost.domain.sealing.SealedMessage}; nothing here or below it has an overload for plain bytes.
 */
@NullMarked
package org.therapost.domain.sealing;

import org.jspecify.annotations.NullMarked;
