/**
 * SEARCH without an index: PostgreSQL decides what it can; only what it cannot decide is opened,
 * one message after the other, in memory.
 */
@NullMarked
package org.therapost.storage.james.search;

import org.jspecify.annotations.NullMarked;
