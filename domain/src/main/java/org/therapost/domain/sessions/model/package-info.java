/**
 * What is known of a thread's agreed times: the timetable, its windows with their states, the
 * terms, and the mail that is held. Values only; nothing here decides.
 */
@NullMarked
package org.therapost.domain.sessions.model;

import org.jspecify.annotations.NullMarked;
