/**
 * The agreed times of threads on PostgreSQL. One row of {@code timetable} stands for a thread's times; a step locks it,
 * reads everything, decides by the database's clock, writes what became different, and sets the next waking, all in one
 * transaction. Wakings are rows of db-scheduler's table that carry nothing but the thread: what there is to do shows when
 * the row is locked, so that a waking that comes twice, late or for nothing does no harm.
 */
@NullMarked
package org.therapost.storage.sessions;

import org.jspecify.annotations.NullMarked;
