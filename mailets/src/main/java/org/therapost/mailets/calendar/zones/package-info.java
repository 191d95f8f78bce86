/**
 * Time zones of calendars: by IANA's or Windows's name, or by the definition that a calendar
 * object brings.
 */
@NullMarked
package org.therapost.mailets.calendar.zones;

import org.jspecify.annotations.NullMarked;
