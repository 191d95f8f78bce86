package org.therapost.mailets.calendar;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.therapost.domain.sessions.CalendarMessage.Reason;

/**
 * A {@code VTIMEZONE} (RFC 5545 section 3.6.5) as {@link ZoneRules}: its observances expanded from 1970 to the end of 2100. What comes
 * later keeps the last offset; nobody plans so far.
 */
final class ZoneDefinition {

    /** Observances of one zone. */
    static final int OBSERVANCES = 200;

    /** Changes of clocks in all. */
    static final int ONSETS = 2_000;

    /** Rules of all observances of one zone; each is expanded over 130 years. */
    static final int RULES = 50;

    private static final LocalDateTime FIRST = LocalDateTime.of(1970, 1, 1, 0, 0);
    private static final LocalDateTime LAST = LocalDateTime.of(2101, 1, 1, 0, 0);

    private ZoneDefinition() {}

    private record Onset(LocalDateTime local, ZoneOffset before, ZoneOffset after) {
        long second() {
            return local.toEpochSecond(before);
        }
    }

    /** The rules of a {@code VTIMEZONE}. */
    static ZoneRules rules(Component zone) throws UnusableException {
        List<Component> observances = observances(zone);
        if (observances.isEmpty()) {
            throw new UnusableException(Reason.BROKEN);
        }
        long rules = observances.stream()
                .mapToLong(observance -> observance.properties("RRULE").size())
                .sum();
        if (observances.size() > OBSERVANCES || rules > RULES) {
            throw new UnusableException(Reason.BEYOND_LIMITS);
        }
        List<Onset> onsets = new ArrayList<>();
        for (Component observance : observances) {
            onsets.addAll(onsets(observance));
            if (onsets.size() > ONSETS) {
                throw new UnusableException(Reason.BEYOND_LIMITS);
            }
        }
        onsets.sort(Comparator.comparingLong(Onset::second));
        return rules(onsets);
    }

    private static ZoneRules rules(List<Onset> onsets) {
        // RFC 5545 section 3.6.5: before the first onset its TZOFFSETFROM holds. Exchange writes that of 1601, when
        // nothing
        // is changed from; what comes out is the same.
        ZoneOffset first = onsets.get(0).before();
        ZoneOffset current = first;
        List<ZoneOffsetTransition> transitions = new ArrayList<>();
        for (Onset onset : onsets) {
            if (!onset.after().equals(current)) {
                LocalDateTime local = LocalDateTime.ofEpochSecond(onset.second(), 0, current);
                transitions.add(ZoneOffsetTransition.of(local, current, onset.after()));
                current = onset.after();
            }
        }
        return ZoneRules.of(first, first, List.of(), transitions, List.of());
    }

    private static List<Onset> onsets(Component observance) throws UnusableException {
        LocalDateTime start = start(observance);
        ZoneOffset before = offset(observance, "TZOFFSETFROM");
        ZoneOffset after = offset(observance, "TZOFFSETTO");
        List<LocalDateTime> locals = new ArrayList<>();
        locals.add(start);
        for (Property added : observance.properties("RDATE")) {
            for (String value : added.value().split(",")) {
                locals.add(Values.time(value).local());
            }
            if (locals.size() > ONSETS) {
                throw new UnusableException(Reason.BEYOND_LIMITS);
            }
        }
        for (Property property : observance.properties("RRULE")) {
            RuleText rule = RuleText.of(property.value());
            if (!rule.yearly()) {
                // No clocks change more often by a rule; what looks for days that never come makes work without end.
                throw new UnusableException(Reason.BEYOND_LIMITS);
            }
            LocalDateTime until = rule.until(before).orElse(LAST);
            RuleText bounded = RuleText.of(rule.value(java.util.Optional.of(until)));
            LocalDateTime from = start.isBefore(FIRST) ? FIRST : start;
            locals.addAll(Expansion.starts(bounded, start, from, LAST, ONSETS));
            if (locals.size() > ONSETS) {
                throw new UnusableException(Reason.BEYOND_LIMITS);
            }
        }
        return locals.stream()
                .distinct()
                .map(local -> new Onset(local, before, after))
                .toList();
    }

    private static LocalDateTime start(Component observance) throws UnusableException {
        return Values.time(required(observance, "DTSTART")).local();
    }

    private static ZoneOffset offset(Component observance, String name) throws UnusableException {
        return Values.offset(required(observance, name));
    }

    private static String required(Component observance, String name) throws UnusableException {
        return observance.value(name).orElseThrow(() -> new UnusableException(Reason.BROKEN));
    }

    static List<Component> observances(Component zone) {
        return zone.components().stream()
                .filter(one -> one.name().equals("STANDARD") || one.name().equals("DAYLIGHT"))
                .toList();
    }

    /** What of a definition matters, in a form of our own: no names but the zone's, no addresses, no extensions. */
    static String text(Component zone, String name) {
        CalendarText text = new CalendarText().begin("VTIMEZONE").line("TZID", name);
        for (Component observance : observances(zone)) {
            text.begin(observance.name());
            for (String property : List.of("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")) {
                observance
                        .properties(property)
                        .forEach(one -> text.line(property, one.value().strip()));
            }
            text.end(observance.name());
        }
        return text.end("VTIMEZONE").toString();
    }
}
