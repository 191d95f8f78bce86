/**
 * Agreed times of a thread. A {@link org.therapost.domain.sessions.model.Timetable} is all that is known
 * of them. Every event (mail accepted, time passed, an invitation, an answer, a command) is one
 * pure step. The step takes a timetable and an instant, and returns the next timetable and {@link
 * org.therapost.domain.sessions.step.Effect effects}. The transaction that stores the timetable also
 * carries out the effects. So every transition happens exactly once, and a whole year can be
 * simulated.
 */
@NullMarked
package org.therapost.domain.sessions;

import org.jspecify.annotations.NullMarked;
