package org.therapost.domain.sessions.calendar;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.sealing.MailContent;

/** Finds and reads what a calendar program put into a mail. */
public interface CalendarReader {

    /**
     * Reads the calendar message of a mail.
     *
     * @param floating the zone that times without a zone mean: the therapist's
     * @return empty if there is none in it
     */
    Optional<CalendarMessage> read(MailContent mail, ZoneId floating);

    /**
     * Reads the calendar messages of a mail about events that may be known: an answer or a cancellation that speaks of
     * several instances is several messages.
     *
     * @param known finds the series that a {@code UID} means, the therapist's or one of ours; keys then carry the
     *     {@code UID} of that series, and name its instances in its local time, whatever zone the message names them in
     */
    default List<CalendarMessage> read(MailContent mail, ZoneId floating, Function<String, Optional<Series>> known) {
        return read(mail, floating).stream().toList();
    }

    /** How a mail carries a calendar object. */
    CalendarShape shape(MailContent mail);
}
