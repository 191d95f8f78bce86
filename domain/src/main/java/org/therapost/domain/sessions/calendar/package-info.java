/**
 * Calendars: events with their repetitions, and what calendar programs say about them by mail (RFC
 * 5545, RFC 5546), in our own words.
 */
@NullMarked
package org.therapost.domain.sessions.calendar;

import org.jspecify.annotations.NullMarked;
