package org.therapost.mailets.calendar.zones;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

/**
 * The zones of one calendar object: the IANA zone of a name, the Windows name's, or the one the object defines itself. Its
 * own definition wins where it contradicts the name: the person who invited saw that one on the screen.
 */
public final class CalendarZones {

    private static final int NAME = 200;
    private static final Pattern ESCAPED = Pattern.compile("\\\\([,;\\\\])");

    /** Definitions that are looked into; a calendar of people who travel has a few. */
    static final int DEFINED = 20;

    private final Map<String, CalendarComponent> definitions = new HashMap<>();
    /** Definitions that were looked into; empty for one that cannot be read. */
    private final Map<String, Optional<ZoneRules>> rules = new HashMap<>();

    private final Map<Use, WallClock> used = new HashMap<>();
    private final WallClock floating;

    /** A name, and the span over which it was compared with its definition. */
    private record Use(String name, Instant from, Instant until) {}

    public CalendarZones(CalendarComponent calendar, ZoneId floating) {
        this.floating = WallClock.of(floating);
        calendar.components("VTIMEZONE")
                .forEach(zone -> zone.value("TZID").ifPresent(name -> definitions.putIfAbsent(key(name), zone)));
    }

    /** What times without a zone mean. */
    public WallClock floating() {
        return floating;
    }

    /** The zone of the only definition, if there is exactly one: then it is what the calendar is kept in. */
    public Optional<WallClock> only(Instant from, Instant until) throws UnusableCalendarException {
        return definitions.size() == 1
                ? Optional.of(named(definitions.keySet().iterator().next(), from, until))
                : Optional.empty();
    }

    /**
     * The zone that a {@code TZID} means.
     *
     * @param from with {@code until}: the span over which name and definition are compared
     */
    public WallClock named(String name, Instant from, Instant until) throws UnusableCalendarException {
        if (name.length() > NAME) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        // A list of dates names its zone with each of them.
        Use use = new Use(name, from, until);
        WallClock before = used.get(use);
        if (before == null) {
            before = look(name, from, until);
            used.put(use, before);
        }
        return before;
    }

    private WallClock look(String name, Instant from, Instant until) throws UnusableCalendarException {
        Optional<ZoneId> known = ZoneNames.zone(name);
        CalendarComponent definition = definitions.get(key(name));
        Optional<ZoneRules> defined = definition == null ? Optional.empty() : rules(name, definition);
        if (definition == null || defined.isEmpty()) {
            // A definition that cannot be read contradicts nothing.
            return known.map(WallClock::of)
                    .orElseThrow(() -> new UnusableCalendarException(Reason.NO_ZONE, Optional.of(name)));
        }
        if (known.isPresent() && same(known.get().getRules(), defined.get(), from, until)) {
            return WallClock.of(known.get());
        }
        return new WallClock(name, Optional.of(ZoneDefinition.text(definition, name)), defined.get());
    }

    /**
     * Programs write a name with blanks, quotes or capitals in one place and without them in the other. And as a property it
     * is a text, in which commas are escaped, while as a parameter it is quoted (RFC 5545, 3.3.11 and 3.2).
     */
    private static String key(String name) {
        String bare = ESCAPED.matcher(name).replaceAll("$1").strip();
        boolean quoted = bare.length() > 1 && bare.startsWith("\"") && bare.endsWith("\"");
        return (quoted ? bare.substring(1, bare.length() - 1) : bare).strip().toLowerCase(Locale.ROOT);
    }

    private Optional<ZoneRules> rules(String name, CalendarComponent definition) throws UnusableCalendarException {
        Optional<ZoneRules> known = rules.get(key(name));
        if (known == null) {
            if (rules.size() == DEFINED) {
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
            }
            known = read(definition);
            rules.put(key(name), known);
        }
        return known;
    }

    private static Optional<ZoneRules> read(CalendarComponent definition) {
        try {
            return Optional.of(ZoneDefinition.rules(definition));
        } catch (UnusableCalendarException unreadable) {
            return Optional.empty();
        }
    }

    /** Whether both tell the same time throughout a span. */
    public static boolean same(ZoneRules one, ZoneRules other, Instant from, Instant until) {
        return one.getOffset(from).equals(other.getOffset(from))
                && agreesAtChanges(one, other, from, until)
                && agreesAtChanges(other, one, from, until);
    }

    private static boolean agreesAtChanges(ZoneRules one, ZoneRules other, Instant from, Instant until) {
        ZoneOffsetTransition change = one.nextTransition(from);
        while (change != null && change.getInstant().isBefore(until)) {
            Instant at = change.getInstant();
            if (!one.getOffset(at).equals(other.getOffset(at))
                    || !one.getOffset(at.minus(Duration.ofSeconds(1)))
                            .equals(other.getOffset(at.minus(Duration.ofSeconds(1))))) {
                return false;
            }
            change = one.nextTransition(at);
        }
        return true;
    }
}
