/**
 * The one store: messages of the record and their entries in folders. What a journey files is a
 * row of {@code message}, its key packets, and an entry in one or two folders.
 */
@NullMarked
package org.therapost.storage.store;

import org.jspecify.annotations.NullMarked;
