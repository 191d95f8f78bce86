package org.therapost.mailets.calendar;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.CalendarMessage.Reason;
import org.therapost.domain.sessions.WallClock;

/** The times of one event component, each with the zone that it is meant in. */
final class EventTimes {

    /** Values of all {@code RDATE} or {@code EXDATE} properties of an event. */
    static final int VALUES = 1_000;

    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration SERIES = Duration.ofDays(5 * 366);
    private static final WallClock UTC = WallClock.of(ZoneId.of("UTC"));

    private final Component event;
    private final Zones zones;
    private final Instant from;
    private final Instant until;

    /**
     * A time of an event.
     *
     * @param length of the period of an {@code RDATE} that has one
     */
    record Moment(LocalDateTime local, WallClock zone, boolean date, boolean floating, Optional<Duration> length) {

        /** Its local time in a zone; a date and a floating time are the same everywhere. */
        LocalDateTime in(WallClock other) {
            return date || floating || zone.equals(other) ? local : other.local(zone.instant(local));
        }

        Instant instant() {
            return zone.instant(local);
        }
    }

    EventTimes(Component event, Zones zones) throws UnusableException {
        this.event = event;
        this.zones = zones;
        Optional<Property> first = event.property("DTSTART").or(() -> event.property("RECURRENCE-ID"));
        Instant start =
                first.isPresent() ? Values.time(first.get().value()).local().toInstant(ZoneOffset.UTC) : Instant.EPOCH;
        this.from = start.minus(DAY);
        this.until = start.plus(event.property("RRULE").isPresent() ? SERIES : DAY.multipliedBy(2));
    }

    /** The time that a property tells; empty if there is no such property. */
    Optional<Moment> at(String name) throws UnusableException {
        Optional<Property> property = event.property(name);
        return property.isPresent()
                ? Optional.of(moment(property.get(), property.get().value()))
                : Optional.empty();
    }

    /** All times that the properties of a name tell. */
    List<Moment> all(String name) throws UnusableException {
        List<Moment> all = new ArrayList<>();
        for (Property property : event.properties(name)) {
            for (String value : property.value().split(",", -1)) {
                if (!value.isBlank()) {
                    all.add(moment(property, value));
                }
                if (all.size() > VALUES) {
                    throw new UnusableException(Reason.BEYOND_LIMITS);
                }
            }
        }
        return all;
    }

    private Moment moment(Property property, String value) throws UnusableException {
        int slash = value.indexOf('/');
        Moment start = single(property, slash < 0 ? value : value.substring(0, slash));
        if (slash < 0) {
            return start;
        }
        String end = value.substring(slash + 1).strip();
        Duration length = end.startsWith("P") || end.startsWith("+P")
                ? Values.duration(end)
                : Duration.between(start.local(), single(property, end).local());
        return new Moment(start.local(), start.zone(), start.date(), start.floating(), Optional.of(length));
    }

    private Moment single(Property property, String value) throws UnusableException {
        Values.Time time = Values.time(value);
        String name = property.parameter("TZID").strip();
        if (time.utc()) {
            return new Moment(time.local(), UTC, false, false, Optional.empty());
        }
        boolean floating = name.isEmpty();
        WallClock zone = floating || time.date() ? zones.floating() : zones.named(name, from, until);
        return new Moment(time.local(), zone, time.date(), floating, Optional.empty());
    }

    /** The zone of the calendar as a whole, as far as it shows. */
    WallClock calendarZone() throws UnusableException {
        return zones.only(from, until).orElse(zones.floating());
    }

    /**
     * How long the event is, by the clock on the wall: an hour is an hour, also in the night when clocks change.
     *
     * @throws UnusableException {@link Reason#NO_HOURS} if it has no end, {@link Reason#TOO_LONG} if it is more than a day
     */
    Duration length(Moment start) throws UnusableException {
        Optional<Moment> end = at("DTEND");
        Optional<String> duration = event.value("DURATION");
        Duration length;
        if (end.isPresent()) {
            length = end.get().zone().equals(start.zone())
                    ? Duration.between(start.local(), end.get().local())
                    : Duration.between(start.instant(), end.get().instant());
        } else if (duration.isPresent()) {
            length = Values.duration(duration.get());
        } else {
            throw new UnusableException(Reason.NO_HOURS);
        }
        return hours(length);
    }

    static Duration hours(Duration length) throws UnusableException {
        if (length.isNegative() || length.isZero()) {
            throw new UnusableException(Reason.NO_HOURS);
        }
        if (length.compareTo(DAY) > 0) {
            throw new UnusableException(Reason.TOO_LONG);
        }
        return length;
    }
}
