/**
 * Calendars: reads what calendar programs put into mails, as {@link
 * org.therapost.domain.sessions.calendar.CalendarMessage}s, and writes what we send to them. Limits are
 * checked before anything is parsed. Text becomes content lines, lines become components, and only
 * components that we understand become times. ical4j parses content lines and expands rules. It
 * gets no time zone and fetches nothing.
 */
@NullMarked
package org.therapost.mailets.calendar;

import org.jspecify.annotations.NullMarked;
