/**
 * James's mail queues on the table {@code mail_queue}. A consumer leases an item for half a minute
 * and renews the lease while it works on it. What a dead process had leased is free again when the
 * lease runs out. Consumers sleep until PostgreSQL notifies them, and look once a second for items
 * that have become due.
 */
@NullMarked
package org.therapost.storage.james.queue;

import org.jspecify.annotations.NullMarked;
