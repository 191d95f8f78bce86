package org.therapost.mailets.calendar;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.mailets.calendar.text.CalendarText;
import org.therapost.mailets.calendar.text.CalendarValues;
import org.therapost.mailets.calendar.text.MailtoUri;
import org.therapost.mailets.calendar.text.RecurrenceRuleText;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.calendar.zones.ZoneText;
import org.therapost.mailets.letters.CalendarPartWriter;

/**
 * Writes calendar objects (RFC 5545, RFC 5546). The client's name nobody but the client and the thread's address, and hold
 * none of the therapist's words. The therapist's say what the client answered about the therapist's own event.
 */
public final class CalendarWriter implements CalendarPartWriter {

    private static final Duration YEAR = Duration.ofDays(366);
    private static final Duration SPAN = YEAR.multipliedBy(10);
    private static final String UNNAMED = "Local";

    private final ClientEventUids uids;
    private final Clock clock;

    public CalendarWriter(ClientEventUids uids, Clock clock) {
        this.uids = uids;
        this.clock = clock;
    }

    /**
     * The invitation to an event as it is now, with all its instances.
     *
     * @param summary a neutral word in the client's language
     */
    @Override
    public String request(ClientThread thread, Series series, String summary) {
        return whole("REQUEST", thread, series, summary);
    }

    @Override
    public String publish(ClientThread thread, Series series, String summary) {
        return whole("PUBLISH", thread, series, summary);
    }

    private String whole(String method, ClientThread thread, Series series, String summary) {
        CalendarText text = begin(method);
        zones(text, series);
        text.begin("VEVENT");
        event(text, thread, series, summary, series.sequenceForClient());
        invited(text, thread, method);
        time(text, "DTSTART", series.start(), series.zone());
        time(text, "DTEND", series.start().plus(series.length()), series.zone());
        series.rule().ifPresent(rule -> text.line("RRULE", rule(rule, series.zone())));
        list(text, "RDATE", series.added(), series.zone());
        list(text, "EXDATE", series.excluded(), series.zone());
        text.line("STATUS", "CONFIRMED").end("VEVENT");
        for (Map.Entry<LocalDateTime, Series.Instance> moved : new TreeMap<>(series.moved()).entrySet()) {
            if (!series.excluded().contains(moved.getKey())) {
                moved(text, thread, series, summary, moved.getKey(), moved.getValue(), method);
            }
        }
        return text.end("VCALENDAR").toString();
    }

    private void moved(
            CalendarText text,
            ClientThread thread,
            Series series,
            String summary,
            LocalDateTime original,
            Series.Instance instance,
            String method) {
        text.begin("VEVENT");
        event(text, thread, series, summary, series.sequenceForClient(original));
        invited(text, thread, method);
        time(text, "RECURRENCE-ID", original, series.zone());
        time(text, "DTSTART", instance.start(), instance.zone());
        time(text, "DTEND", instance.start().plus(instance.length()), instance.zone());
        text.line("STATUS", "CONFIRMED").end("VEVENT");
    }

    /**
     * Takes an invitation back.
     *
     * @param summary as in {@link #request}
     */
    @Override
    public String cancel(
            ClientThread thread, Series series, Optional<WindowKey> instance, int sequence, String summary) {
        CalendarText text = begin("CANCEL");
        zones(text, series);
        text.begin("VEVENT");
        event(text, thread, series, summary, sequence);
        text.line("ATTENDEE", mailto(thread.client().address()));
        Optional<LocalDateTime> original = instance.flatMap(WindowKey::recurrenceId);
        original.ifPresent(start -> time(text, "RECURRENCE-ID", start, series.zone()));
        Series.Instance now = series.instance(original.orElse(series.start()));
        time(text, "DTSTART", now.start(), now.zone());
        time(text, "DTEND", now.start().plus(now.length()), now.zone());
        return text.line("STATUS", "CANCELLED").end("VEVENT").end("VCALENDAR").toString();
    }

    /** The client's answer, for the therapist's calendar: who answers is the thread's address, which was invited. */
    @Override
    public String reply(ClientThread thread, Series series, WindowKey key, Participation participation) {
        CalendarText text = answer("REPLY", thread, series, key, participation.name());
        LocalDateTime original = key.recurrenceId().orElse(series.start());
        Series.Instance moved = series.moved().get(original);
        if (moved != null) {
            start(text, series, moved.start(), moved.zone(), moved.length());
        } else {
            start(text, series, original, series.zone(), series.length());
        }
        return text.end("VEVENT").end("VCALENDAR").toString();
    }

    /** The client's proposal of another time, for the therapist's calendar. */
    @Override
    public String counter(ClientThread thread, Series series, WindowKey key, Instant proposed) {
        CalendarText text = answer("COUNTER", thread, series, key, Participation.TENTATIVE.name());
        start(text, series, series.zone().local(proposed), series.zone(), series.length());
        return text.end("VEVENT").end("VCALENDAR").toString();
    }

    private CalendarText answer(
            String method, ClientThread thread, Series series, WindowKey key, String participation) {
        CalendarText text = begin(method);
        definition(text, series, series.zone());
        text.begin("VEVENT")
                .line("UID", series.uid())
                .line("DTSTAMP", utc(clock.instant()))
                .line("SEQUENCE", Integer.toString(sequence(series, key)))
                .line("ORGANIZER", mailto(thread.therapist().address()))
                .line("ATTENDEE;PARTSTAT=" + participation, mailto(thread.address()));
        key.recurrenceId().ifPresent(original -> theirs(text, "RECURRENCE-ID", original, series));
        return text;
    }

    /** RFC 5546 section 2.1.4: an answer has the {@code SEQUENCE} of what it answers. */
    private static int sequence(Series series, WindowKey key) {
        return key.recurrenceId()
                .flatMap(original -> Optional.ofNullable(series.moved().get(original)))
                .map(moved -> moved.revision().sequence())
                .orElse(series.revision().sequence());
    }

    private static void start(CalendarText text, Series series, LocalDateTime start, WallClock zone, Duration length) {
        if (zone.equals(series.zone())) {
            theirs(text, "DTSTART", start, series);
            theirs(text, "DTEND", start.plus(length), series);
        } else {
            Instant instant = zone.instant(start);
            text.line("DTSTART", utc(instant)).line("DTEND", utc(instant.plus(length)));
        }
    }

    /** As the therapist's calendar has it: floating if it was. */
    private static void theirs(CalendarText text, String name, LocalDateTime local, Series series) {
        if (series.floating()) {
            text.line(name, CalendarValues.LOCAL.format(local));
        } else if (isUtc(series.zone())) {
            text.line(name, CalendarValues.LOCAL.format(local) + "Z");
        } else {
            text.line(
                    name + ";TZID=" + CalendarText.parameter(series.zone().name()), CalendarValues.LOCAL.format(local));
        }
    }

    private static CalendarText begin(String method) {
        return new CalendarText()
                .begin("VCALENDAR")
                .line("PRODID", "-//Calendar//EN")
                .line("VERSION", "2.0")
                .line("CALSCALE", "GREGORIAN")
                .line("METHOD", method);
    }

    private void event(CalendarText text, ClientThread thread, Series series, String summary, int sequence) {
        text.line("UID", uids.ours(thread.id(), series.uid()))
                .line("DTSTAMP", utc(clock.instant()))
                .line("SEQUENCE", Integer.toString(sequence))
                .text("SUMMARY", summary)
                .line("CLASS", "PRIVATE")
                .line("ORGANIZER", mailto(thread.address()));
    }

    private static void invited(CalendarText text, ClientThread thread, String method) {
        if (!method.equals("REQUEST")) {
            text.line("TRANSP", "TRANSPARENT");
            return;
        }
        text.line(
                "ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE",
                mailto(thread.client().address()));
    }

    private static void zones(CalendarText text, Series series) {
        Map<String, WallClock> zones = new TreeMap<>();
        zones.put(name(series.zone()), series.zone());
        series.moved().values().forEach(moved -> zones.putIfAbsent(name(moved.zone()), moved.zone()));
        zones.values().forEach(zone -> definition(text, name(zone), series, zone));
    }

    /** The zone as the therapist's calendar names it. */
    private static void definition(CalendarText text, Series series, WallClock zone) {
        if (!series.floating()) {
            definition(text, zone.name(), series, zone);
        }
    }

    private static void definition(CalendarText text, String name, Series series, WallClock zone) {
        if (!isUtc(zone)) {
            Instant start = series.zone().instant(series.start());
            Instant end = start.isBefore(Instant.EPOCH) ? Instant.EPOCH : start;
            text.lines(ZoneText.of(name, zone, start.minus(YEAR), end.plus(SPAN)));
        }
    }

    private static void time(CalendarText text, String name, LocalDateTime local, WallClock zone) {
        text.line(name + parameter(zone), value(local, zone));
    }

    private static void list(CalendarText text, String name, Collection<LocalDateTime> locals, WallClock zone) {
        // One value a line: Outlook reads no lists.
        for (LocalDateTime local : new TreeSet<>(locals)) {
            time(text, name, local, zone);
        }
    }

    private static String parameter(WallClock zone) {
        return isUtc(zone) ? "" : ";TZID=" + CalendarText.parameter(name(zone));
    }

    private static String value(LocalDateTime local, WallClock zone) {
        return CalendarValues.LOCAL.format(local) + (isUtc(zone) ? "Z" : "");
    }

    /** A zone that a calendar defines itself may have any name; the client need not see it. */
    private static String name(WallClock zone) {
        return zone.definition().isPresent()
                ? UNNAMED + "-" + Integer.toHexString(zone.definition().get().hashCode())
                : zone.name();
    }

    /** RFC 5545 section 3.3.10: with a zone, {@code UNTIL} is in UTC. */
    private static String rule(String rule, WallClock zone) {
        try {
            RecurrenceRuleText read = RecurrenceRuleText.of(rule);
            Optional<LocalDateTime> until = read.until(zone);
            return until.map(local -> read.value(Optional.empty()) + ";UNTIL=" + utc(zone.instant(local)))
                    .orElse(rule);
        } catch (UnusableCalendarException broken) {
            throw new IllegalArgumentException("not a rule that the reader lets pass", broken);
        }
    }

    private static boolean isUtc(WallClock zone) {
        return zone.definition().isEmpty() && zone.name().equals("UTC");
    }

    private static String utc(Instant instant) {
        return CalendarValues.LOCAL.format(LocalDateTime.ofInstant(instant, ZoneOffset.UTC)) + "Z";
    }

    private static String mailto(EmailAddress address) {
        return MailtoUri.of(address);
    }
}
