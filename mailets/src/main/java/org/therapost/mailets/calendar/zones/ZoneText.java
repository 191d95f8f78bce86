package org.therapost.mailets.calendar.zones;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneOffsetTransitionRule;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.mailets.calendar.text.CalendarText;
import org.therapost.mailets.calendar.text.CalendarValues;

/**
 * Writes a zone as {@code VTIMEZONE}, right over the span that matters: each change of clocks by itself, and where the zone
 * has lasting rules, these from then on.
 */
public final class ZoneText {

    private static final int CHANGES = 60;

    private ZoneText() {}

    /**
     * The definition.
     *
     * @param name its {@code TZID}
     * @param from with {@code until}: the span
     */
    public static String of(String name, WallClock zone, Instant from, Instant until) {
        CalendarText text = new CalendarText().begin("VTIMEZONE").line("TZID", name);
        ZoneRules rules = zone.rules();
        ZoneOffset first = rules.getOffset(from);
        observance(text, "STANDARD", LocalDateTime.ofInstant(from, first), first, first, Optional.empty());
        Set<String> lasting = new HashSet<>();
        ZoneOffsetTransition change = rules.nextTransition(from);
        for (int i = 0; i < CHANGES && change != null && change.getInstant().isBefore(until); i++) {
            Optional<String> rule = lastingRule(rules, change);
            if (rule.isEmpty() || lasting.add(rule.get())) {
                observance(
                        text,
                        rules.isDaylightSavings(change.getInstant()) ? "DAYLIGHT" : "STANDARD",
                        change.getDateTimeBefore(),
                        change.getOffsetBefore(),
                        change.getOffsetAfter(),
                        rule);
            }
            change = rules.nextTransition(change.getInstant());
        }
        return text.end("VTIMEZONE").toString();
    }

    /** @param name of the component (RFC 5545 section 3.6.5) */
    private static void observance(
            CalendarText text,
            String name,
            LocalDateTime start,
            ZoneOffset before,
            ZoneOffset after,
            Optional<String> rule) {
        text.begin(name)
                .line("DTSTART", CalendarValues.LOCAL.format(start))
                .line("TZOFFSETFROM", CalendarValues.text(before))
                .line("TZOFFSETTO", CalendarValues.text(after));
        rule.ifPresent(value -> text.line("RRULE", value));
        text.end(name);
    }

    /** The rule by which a change comes every year from this one on, if there is one and it can be said as a rule. */
    private static Optional<String> lastingRule(ZoneRules rules, ZoneOffsetTransition change) {
        int year = change.getDateTimeBefore().getYear();
        for (ZoneOffsetTransitionRule rule : rules.getTransitionRules()) {
            if (rule.createTransition(year).equals(change)) {
                return said(rule, change.getDateTimeBefore());
            }
        }
        return Optional.empty();
    }

    private static Optional<String> said(ZoneOffsetTransitionRule rule, LocalDateTime change) {
        DayOfWeek weekday = change.getDayOfWeek();
        List<Integer> weeks = new ArrayList<>();
        // The local day can differ from the rule's (a time in UTC or the end of a day): what counts is what comes out.
        for (int year = change.getYear(); year < change.getYear() + 28; year++) {
            LocalDateTime one = rule.createTransition(year).getDateTimeBefore();
            if (one.getMonth() != change.getMonth() || one.getDayOfWeek() != weekday) {
                return Optional.empty();
            }
            int last = one.getMonth().length(Year.isLeap(year));
            boolean ofLast = one.getDayOfMonth() > last - 7;
            weeks.add(ofLast ? -1 : (one.getDayOfMonth() + 6) / 7);
        }
        Set<Integer> different = new HashSet<>(weeks);
        return different.size() == 1
                ? Optional.of("FREQ=YEARLY;BYMONTH=" + change.getMonthValue() + ";BYDAY=" + weeks.get(0)
                        + weekday.name().substring(0, 2))
                : Optional.empty();
    }
}
