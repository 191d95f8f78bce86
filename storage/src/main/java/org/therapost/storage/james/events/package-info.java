/**
 * Tells what happens in folders to the IMAP connections of all server processes that have them
 * open, in the order in which it happened.
 */
@NullMarked
package org.therapost.storage.james.events;

import org.jspecify.annotations.NullMarked;
