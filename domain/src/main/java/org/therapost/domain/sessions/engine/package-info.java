/**
 * The engine: pure steps from a timetable, an event and an instant to the next timetable. Time is
 * one of the events; what is due happens first, each at its own instant.
 */
@NullMarked
package org.therapost.domain.sessions.engine;

import org.jspecify.annotations.NullMarked;
