/**
 * Calendar objects as text (RFC 5545 section 3): content lines, components, properties, values and
 * recurrence rules, within limits.
 */
@NullMarked
package org.therapost.mailets.calendar.text;

import org.jspecify.annotations.NullMarked;
