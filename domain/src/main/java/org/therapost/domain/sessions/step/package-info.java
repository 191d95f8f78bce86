/**
 * One step of a timetable: what it changes, what has to be done for it, and where timetables are
 * kept. A step is built by the engine and carried out in the transaction that stores its
 * timetable.
 */
@NullMarked
package org.therapost.domain.sessions.step;

import org.jspecify.annotations.NullMarked;
