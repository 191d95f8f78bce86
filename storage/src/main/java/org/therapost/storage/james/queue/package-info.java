/**
 * James's mail queues on the table {@code mail_queue}. A consumer leases an item for half a minute and renews the lease
 * for as long as it works on it; what a dead process held is free again when its lease runs out. Consumers sleep until
 * PostgreSQL notifies them, and look once a second for what has become due.
 */
@NullMarked
package org.therapost.storage.james.queue;

import org.jspecify.annotations.NullMarked;
