/**
 * The journeys of agreed times: mail, commands and the passing of time make a step, and what the
 * step wants told becomes letters and notes.
 */
@NullMarked
package org.therapost.domain.sessions.journeys;

import org.jspecify.annotations.NullMarked;
