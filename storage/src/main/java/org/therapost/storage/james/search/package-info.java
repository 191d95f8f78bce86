/**
 * SEARCH without an index: PostgreSQL decides what it can; only what it cannot decide is opened,
 * one message after the other, in memory. In the same way: the header texts by which SORT and
 * THREAD order messages.
 */
@NullMarked
package org.therapost.storage.james.search;

import org.jspecify.annotations.NullMarked;
