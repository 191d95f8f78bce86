/**
 * IMAP: James's processors behind a pipeline of our own. A command is gathered whole, in memory, within limits that depend on
 * who asks, before James parses it once; the next is read when it was answered. A session that ends, however it ends, closes
 * the therapist's key exactly once.
 */
@NullMarked
package org.therapost.server.imap;

import org.jspecify.annotations.NullMarked;
