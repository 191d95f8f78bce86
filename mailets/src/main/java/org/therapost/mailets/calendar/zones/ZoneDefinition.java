package org.therapost.mailets.calendar.zones;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.CalendarProperty;
import org.therapost.mailets.calendar.text.CalendarText;
import org.therapost.mailets.calendar.text.CalendarValues;
import org.therapost.mailets.calendar.text.RecurrenceExpansion;
import org.therapost.mailets.calendar.text.RecurrenceRuleText;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

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
    static ZoneRules rules(CalendarComponent zone) throws UnusableCalendarException {
        List<CalendarComponent> observances = observances(zone);
        if (observances.isEmpty()) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        long rules = observances.stream()
                .mapToLong(observance -> observance.properties("RRULE").size())
                .sum();
        if (observances.size() > OBSERVANCES || rules > RULES) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        List<Onset> onsets = new ArrayList<>();
        for (CalendarComponent observance : observances) {
            onsets.addAll(onsets(observance));
            if (onsets.size() > ONSETS) {
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
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

    private static List<Onset> onsets(CalendarComponent observance) throws UnusableCalendarException {
        LocalDateTime start = start(observance);
        ZoneOffset before = offset(observance, "TZOFFSETFROM");
        ZoneOffset after = offset(observance, "TZOFFSETTO");
        List<LocalDateTime> locals = new ArrayList<>();
        locals.add(start);
        for (CalendarProperty added : observance.properties("RDATE")) {
            for (String value : added.value().split(",")) {
                locals.add(CalendarValues.time(value).local());
            }
            if (locals.size() > ONSETS) {
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
            }
        }
        for (CalendarProperty calendarProperty : observance.properties("RRULE")) {
            RecurrenceRuleText rule = RecurrenceRuleText.of(calendarProperty.value());
            if (!rule.yearly()) {
                // No clocks change more often by a rule; what looks for days that never come makes work without end.
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
            }
            LocalDateTime until = rule.until(before).orElse(LAST);
            RecurrenceRuleText bounded = RecurrenceRuleText.of(rule.value(java.util.Optional.of(until)));
            LocalDateTime from = start.isBefore(FIRST) ? FIRST : start;
            locals.addAll(RecurrenceExpansion.starts(bounded, start, from, LAST, ONSETS));
            if (locals.size() > ONSETS) {
                throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
            }
        }
        return locals.stream()
                .distinct()
                .map(local -> new Onset(local, before, after))
                .toList();
    }

    private static LocalDateTime start(CalendarComponent observance) throws UnusableCalendarException {
        return CalendarValues.time(required(observance, "DTSTART")).local();
    }

    private static ZoneOffset offset(CalendarComponent observance, String name) throws UnusableCalendarException {
        return CalendarValues.offset(required(observance, name));
    }

    private static String required(CalendarComponent observance, String name) throws UnusableCalendarException {
        return observance.value(name).orElseThrow(() -> new UnusableCalendarException(Reason.BROKEN));
    }

    static List<CalendarComponent> observances(CalendarComponent zone) {
        return zone.components().stream()
                .filter(one -> one.name().equals("STANDARD") || one.name().equals("DAYLIGHT"))
                .toList();
    }

    /** What of a definition matters, in a form of our own: no names but the zone's, no addresses, no extensions. */
    static String text(CalendarComponent zone, String name) {
        CalendarText text = new CalendarText().begin("VTIMEZONE").line("TZID", name);
        for (CalendarComponent observance : observances(zone)) {
            text.begin(observance.name());
            for (String calendarProperty : List.of("DTSTART", "TZOFFSETFROM", "TZOFFSETTO", "RRULE", "RDATE")) {
                observance
                        .properties(calendarProperty)
                        .forEach(one -> text.line(calendarProperty, one.value().strip()));
            }
            text.end(observance.name());
        }
        return text.end("VTIMEZONE").toString();
    }
}
