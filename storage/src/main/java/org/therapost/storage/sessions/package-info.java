/**
 * The agreed times of threads on PostgreSQL. Each thread with agreed times has one row in {@code
 * timetable}. A step locks that row, reads everything that belongs to it, decides by the database's
 * clock, writes what changed, and sets the next wake-up, all in one transaction. Wake-ups are rows
 * of db-scheduler's table that name nothing but the thread. What is due is computed after the row
 * is locked, so a wake-up that comes twice, late or for nothing does no harm.
 */
@NullMarked
package org.therapost.storage.sessions;

import org.jspecify.annotations.NullMarked;
