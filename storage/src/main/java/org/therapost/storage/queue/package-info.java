/**
 * The mail queue as rows: parcels that are ready, that wait or that are set aside, the order in
 * which they leave, and what is remembered of those that left.
 */
@NullMarked
package org.therapost.storage.queue;

import org.jspecify.annotations.NullMarked;
