/**
 * Calendars: what calendar programs put into mails, read into the words of
 * {@link org.therapost.domain.sessions.CalendarMessage} within limits that hold before anything is parsed, and what we put
 * into mails for them. Text becomes content lines, these become components, and only what we understand of them becomes
 * times. ical4j parses content lines and expands rules; it sees no zone and fetches nothing.
 */
@NullMarked
package org.therapost.mailets.calendar;

import org.jspecify.annotations.NullMarked;
