/**
 * Rows of folders and of the messages that they show: ids, flags, UIDs, modification sequences. No
 * content.
 */
@NullMarked
package org.therapost.storage.james.rows;

import org.jspecify.annotations.NullMarked;
