/**
 * The orders of RFC 5256: base subjects, sort keys, and threads by references. Pure: what a message's header says goes in,
 * numbers come out; nothing here opens a message, and nothing is kept.
 */
@NullMarked
package org.therapost.storage.james.ordering;

import org.jspecify.annotations.NullMarked;
