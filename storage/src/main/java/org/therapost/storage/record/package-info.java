/**
 * The authentic record as a whole: it is chained once, where it is older than chains, and verified whenever somebody asks. What is
 * written and judged message by message is in {@code storage.store}.
 */
@org.jspecify.annotations.NullMarked
package org.therapost.storage.record;
