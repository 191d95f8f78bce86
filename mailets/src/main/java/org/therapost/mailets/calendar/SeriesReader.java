package org.therapost.mailets.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.CalendarProperty;
import org.therapost.mailets.calendar.text.CalendarValues;
import org.therapost.mailets.calendar.text.RecurrenceRuleText;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.calendar.zones.CalendarZones;

/** Reads the events of one calendar object. */
final class SeriesReader {

    /** Instances of a series that have times of their own, or are added or excluded one by one. */
    static final int INSTANCES = 400;

    private final CalendarZones calendarZones;
    private final Instant sent;
    private final Function<String, Optional<Series>> known;

    /** @param sent what counts as {@code DTSTAMP} of an event that has none */
    SeriesReader(CalendarZones calendarZones, Instant sent, Function<String, Optional<Series>> known) {
        this.calendarZones = calendarZones;
        this.sent = sent;
        this.known = known;
    }

    /** Components of the same {@code UID}, in order. */
    static Map<String, List<CalendarComponent>> byUid(List<CalendarComponent> events) throws UnusableCalendarException {
        Map<String, List<CalendarComponent>> groups = new LinkedHashMap<>();
        for (CalendarComponent event : events) {
            groups.computeIfAbsent(uid(event), uid -> new ArrayList<>()).add(event);
        }
        return groups;
    }

    private static String uid(CalendarComponent event) throws UnusableCalendarException {
        String uid = event.value("UID").orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
        if (uid.length() > 1_000) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        return uid;
    }

    /** The whole event and its instances. */
    Series series(String uid, CalendarComponent master, List<CalendarComponent> overrides)
            throws UnusableCalendarException {
        EventTimes times = new EventTimes(master, calendarZones);
        EventTimes.Moment start = start(times);
        Duration length = times.length(start);
        WallClock zone = start.zone();
        Revision revision = revision(master);
        Map<LocalDateTime, Series.Instance> moved = new HashMap<>();
        Set<LocalDateTime> excluded = new HashSet<>();
        for (EventTimes.Moment one : times.all("EXDATE")) {
            excluded.add(original(one, start));
        }
        for (CalendarComponent override : overrides) {
            LocalDateTime original = original(recurrenceId(new EventTimes(override, calendarZones), override), start);
            if (cancelled(override)) {
                excluded.add(original);
            } else {
                moved.put(original, instance(override));
            }
        }
        Set<LocalDateTime> added = added(times, start, length, revision, moved);
        bound(excluded.size() + moved.size() + added.size());
        return new Series(
                uid,
                revision,
                new Series.Pattern(
                        start.local(),
                        zone,
                        length,
                        rule(master, zone),
                        added,
                        start.anchor() == EventTimes.Anchor.FLOATING
                                ? Series.ZoneFrom.THERAPIST
                                : Series.ZoneFrom.CALENDAR),
                excluded,
                moved);
    }

    private static Set<LocalDateTime> added(
            EventTimes times,
            EventTimes.Moment start,
            Duration length,
            Revision revision,
            Map<LocalDateTime, Series.Instance> moved)
            throws UnusableCalendarException {
        Set<LocalDateTime> added = new HashSet<>();
        for (EventTimes.Moment one : times.all("RDATE")) {
            LocalDateTime local = original(one, start);
            added.add(local);
            if (one.length().isPresent() && !one.length().get().equals(length)) {
                moved.putIfAbsent(
                        local,
                        new Series.Instance(
                                local,
                                start.zone(),
                                EventTimes.hours(one.length().get()),
                                revision));
            }
        }
        return added;
    }

    private static Optional<String> rule(CalendarComponent master, WallClock zone) throws UnusableCalendarException {
        List<CalendarProperty> rules = master.properties("RRULE");
        // RFC 5545 section 3.8.5.3 allows one rule; EXRULE went with RFC 2445.
        if (rules.size() > 1 || master.property("EXRULE").isPresent()) {
            throw new UnusableCalendarException(Reason.UNSUPPORTED);
        }
        if (rules.isEmpty()) {
            return Optional.empty();
        }
        RecurrenceRuleText rule = RecurrenceRuleText.of(rules.get(0).value());
        return Optional.of(rule.value(rule.until(zone)));
    }

    /** Instances that come without their series. */
    CalendarMessage.Single single(String uid, CalendarComponent event) throws UnusableCalendarException {
        return new CalendarMessage.Single(key(uid, event), instance(event));
    }

    private Series.Instance instance(CalendarComponent event) throws UnusableCalendarException {
        EventTimes times = new EventTimes(event, calendarZones);
        EventTimes.Moment start = start(times);
        return new Series.Instance(start.local(), start.zone(), times.length(start), revision(event));
    }

    /** When an event begins. */
    EventTimes.Moment start(CalendarComponent event) throws UnusableCalendarException {
        return start(new EventTimes(event, calendarZones));
    }

    private static EventTimes.Moment start(EventTimes times) throws UnusableCalendarException {
        EventTimes.Moment start = times.at("DTSTART").orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
        if (start.anchor() == EventTimes.Anchor.DATE) {
            throw new UnusableCalendarException(Reason.NO_HOURS);
        }
        return start;
    }

    /** Which instance of which event a component is about, in the local time of the series as far as it is known. */
    WindowKey key(String uid, CalendarComponent event) throws UnusableCalendarException {
        Optional<Series> series = known.apply(uid);
        String name = series.map(Series::uid).orElse(uid);
        if (event.property("RECURRENCE-ID").isEmpty()) {
            return new WindowKey(name, Optional.empty());
        }
        EventTimes times = new EventTimes(event, calendarZones);
        EventTimes.Moment original = recurrenceId(times, event);
        if (series.isPresent()) {
            LocalDateTime local = original.in(series.get().zone());
            return new WindowKey(
                    name,
                    Optional.of(
                            original.anchor() == EventTimes.Anchor.DATE
                                    ? local.toLocalDate()
                                            .atTime(series.get().start().toLocalTime())
                                    : local));
        }
        return new WindowKey(name, Optional.of(original.in(likelyZone(times, original))));
    }

    /** Without the series: a time with a zone is in the series', one in UTC is in that of the event or the calendar. */
    private static WallClock likelyZone(EventTimes times, EventTimes.Moment original) throws UnusableCalendarException {
        if (!original.zone().rules().isFixedOffset()) {
            return original.zone();
        }
        Optional<EventTimes.Moment> start = times.at("DTSTART");
        return start.isPresent() && !start.get().zone().rules().isFixedOffset()
                ? start.get().zone()
                : times.calendarZone();
    }

    private static EventTimes.Moment recurrenceId(EventTimes times, CalendarComponent event)
            throws UnusableCalendarException {
        String range = event.property("RECURRENCE-ID")
                .map(property -> property.parameter("RANGE"))
                .orElse("");
        if (!range.isEmpty()) {
            throw new UnusableCalendarException(Reason.UNSUPPORTED);
        }
        return times.at("RECURRENCE-ID").orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
    }

    /** A time that names an instance; programs that write a mere date mean the one instance of that day. */
    private static LocalDateTime original(EventTimes.Moment moment, EventTimes.Moment start) {
        return moment.anchor() == EventTimes.Anchor.DATE
                ? moment.local().toLocalDate().atTime(start.local().toLocalTime())
                : moment.in(start.zone());
    }

    Revision revision(CalendarComponent event) {
        int sequence = event.value("SEQUENCE").map(CalendarValues::count).orElse(0);
        return new Revision(
                sequence,
                stamp(event, "DTSTAMP").or(() -> stamp(event, "LAST-MODIFIED")).orElse(sent));
    }

    private static Optional<Instant> stamp(CalendarComponent event, String name) {
        Optional<String> value = event.value(name);
        if (value.isEmpty()) {
            return Optional.empty();
        }
        try {
            return Optional.of(CalendarValues.time(value.get()).local().toInstant(java.time.ZoneOffset.UTC));
        } catch (UnusableCalendarException broken) {
            return Optional.empty();
        }
    }

    static boolean cancelled(CalendarComponent event) {
        return event.value("STATUS").filter("CANCELLED"::equalsIgnoreCase).isPresent();
    }

    private static void bound(int instances) throws UnusableCalendarException {
        if (instances > INSTANCES) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
    }
}
