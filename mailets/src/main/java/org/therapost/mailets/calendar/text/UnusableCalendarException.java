package org.therapost.mailets.calendar.text;

import java.util.Optional;
import org.therapost.domain.sessions.calendar.CalendarMessage;

/** A calendar message says something that cannot have an effect. The text never quotes content. */
public final class UnusableCalendarException extends Exception {

    private static final long serialVersionUID = 1L;

    private final CalendarMessage.Reason reason;
    private final transient Optional<String> detail;

    public UnusableCalendarException(CalendarMessage.Reason reason) {
        this(reason, Optional.empty());
    }

    /**
     * With something for the therapist's eyes.
     *
     * @param detail what the calendar said, such as the name of a zone; it does not show in {@link #getMessage()}
     */
    public UnusableCalendarException(CalendarMessage.Reason reason, Optional<String> detail) {
        super(reason.name());
        this.reason = reason;
        this.detail = detail;
    }

    public CalendarMessage.Unusable message() {
        return new CalendarMessage.Unusable(reason, detail);
    }
}
