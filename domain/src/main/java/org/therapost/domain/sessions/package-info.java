/**
 * Sessions: the agreed times of a thread. A {@link org.therapost.domain.sessions.Timetable} is all that is known of them;
 * whatever happens (mail accepted, time passed, an invitation, an answer, a command) is one pure step from a timetable and
 * an instant to the next timetable and to {@link org.therapost.domain.sessions.Effect effects}, which are carried out in
 * the transaction that stores it. So every transition happens exactly once, and a whole year can be simulated.
 */
@NullMarked
package org.therapost.domain.sessions;

import org.jspecify.annotations.NullMarked;
