/**
 * The ports of {@code domain.conversation} and {@code domain.carriage} on PostgreSQL. Every method
 * is one transaction.
 */
@NullMarked
package org.therapost.storage.conversation;

import org.jspecify.annotations.NullMarked;
