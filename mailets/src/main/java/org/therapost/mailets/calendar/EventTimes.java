package org.therapost.mailets.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.CalendarProperty;
import org.therapost.mailets.calendar.text.CalendarValues;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.calendar.zones.CalendarZones;

/** The times of one event component, each with the zone that it is meant in. */
final class EventTimes {

    /** Values of all {@code RDATE} or {@code EXDATE} properties of an event. */
    static final int VALUES = 1_000;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SERIES = Duration.ofDays(5 * 366);
    private static final WallClock UTC = WallClock.of(ZoneId.of("UTC"));

    private final CalendarComponent event;
    private final CalendarZones calendarZones;
    private final Instant from;
    private final Instant until;

    /**
     * A time of an event.
     *
     * @param length of the period of an {@code RDATE} that has one
     */
    record Moment(LocalDateTime local, WallClock zone, Anchor anchor, Optional<Duration> length) {

        /** Its local time in a zone; a date and a floating time are the same everywhere. */
        LocalDateTime in(WallClock other) {
            return anchor != Anchor.ZONE || zone.equals(other) ? local : other.local(zone.instant(local));
        }

        Instant instant() {
            return zone.instant(local);
        }
    }

    /** What a time is fixed to. */
    enum Anchor {
        /** A day, wherever one is. */
        DATE,
        /** The clock on the wall, wherever one is. */
        FLOATING,
        /** The clock of its zone. */
        ZONE
    }

    EventTimes(CalendarComponent event, CalendarZones calendarZones) throws UnusableCalendarException {
        this.event = event;
        this.calendarZones = calendarZones;
        Optional<CalendarProperty> first = event.property("DTSTART").or(() -> event.property("RECURRENCE-ID"));
        Instant start = first.isPresent()
                ? CalendarValues.time(first.get().value()).local().toInstant(ZoneOffset.UTC)
                : Instant.EPOCH;
        this.from = start.minus(DAY);
        this.until = start.plus(event.property("RRULE").isPresent() ? SERIES : DAY.multipliedBy(2));
    }

    /** The time that a property tells; empty if there is no such property. */
    Optional<Moment> at(String name) throws UnusableCalendarException {
        Optional<CalendarProperty> property = event.property(name);
        return property.isPresent()
                ? Optional.of(moment(property.get(), property.get().value()))
                : Optional.empty();
    }

    /** All times that the properties of a name tell. */
    List<Moment> all(String name) throws UnusableCalendarException {
        List<Moment> all = new ArrayList<>();
        for (CalendarProperty property : event.properties(name)) {
            for (String value : property.value().split(",", -1)) {
                if (!value.isBlank()) {
                    all.add(moment(property, value));
                }
                if (all.size() > VALUES) {
                    throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
                }
            }
        }
        return all;
    }

    private Moment moment(CalendarProperty property, String value) throws UnusableCalendarException {
        int slash = value.indexOf('/');
        Moment start = single(property, slash < 0 ? value : value.substring(0, slash));
        if (slash < 0) {
            return start;
        }
        String end = value.substring(slash + 1).strip();
        Duration length = end.startsWith("P") || end.startsWith("+P")
                ? CalendarValues.duration(end)
                : Duration.between(start.local(), single(property, end).local());
        return new Moment(start.local(), start.zone(), start.anchor(), Optional.of(length));
    }

    private Moment single(CalendarProperty property, String value) throws UnusableCalendarException {
        CalendarValues.Time time = CalendarValues.time(value);
        String name = property.parameter("TZID").strip();
        Anchor anchor =
                switch (time.form()) {
                    case DATE -> Anchor.DATE;
                    case LOCAL -> name.isEmpty() ? Anchor.FLOATING : Anchor.ZONE;
                    case UTC -> Anchor.ZONE;
                };
        WallClock zone = anchor == Anchor.ZONE ? zone(time, name) : calendarZones.floating();
        return new Moment(time.local(), zone, anchor, Optional.empty());
    }

    private WallClock zone(CalendarValues.Time time, String name) throws UnusableCalendarException {
        return time.form() == CalendarValues.Form.UTC ? UTC : calendarZones.named(name, from, until);
    }

    /** The zone of the calendar as a whole, as far as it shows. */
    WallClock calendarZone() throws UnusableCalendarException {
        return calendarZones.only(from, until).orElse(calendarZones.floating());
    }

    /**
     * How long the event is, by the clock on the wall: an hour is an hour, also in the night when clocks change.
     *
     * @throws UnusableCalendarException {@link Reason#NO_HOURS} if it has no end, {@link Reason#TOO_LONG} if it is more than a day
     */
    Duration length(Moment start) throws UnusableCalendarException {
        Optional<Moment> end = at("DTEND");
        Optional<String> duration = event.value("DURATION");
        Duration length;
        if (end.isPresent()) {
            length = end.get().zone().equals(start.zone())
                    ? Duration.between(start.local(), end.get().local())
                    : Duration.between(start.instant(), end.get().instant());
        } else if (duration.isPresent()) {
            length = CalendarValues.duration(duration.get());
        } else {
            throw new UnusableCalendarException(Reason.NO_HOURS);
        }
        return hours(length);
    }

    static Duration hours(Duration length) throws UnusableCalendarException {
        if (length.isNegative() || length.isZero()) {
            throw new UnusableCalendarException(Reason.NO_HOURS);
        }
        if (length.compareTo(DAY) > 0) {
            throw new UnusableCalendarException(Reason.TOO_LONG);
        }
        return length;
    }
}
