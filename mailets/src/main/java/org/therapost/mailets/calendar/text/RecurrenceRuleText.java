package org.therapost.mailets.calendar.text;

import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import net.fortuna.ical4j.model.Recur;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.WallClock;

/**
 * The value of an {@code RRULE} (RFC 5545 section 3.3.10), checked so that expanding it is bounded work: at most one
 * instance of a series on one day, no endless lists, no count that nobody lives to see.
 */
public final class RecurrenceRuleText {

    /** Characters of a rule; lists are bounded with it. */
    static final int LENGTH = 500;

    /** {@code COUNT}: ten years of every day. */
    static final int COUNT = 3_660;

    /** {@code INTERVAL}. */
    static final int INTERVAL = 1_000;

    private static final Set<String> FREQUENCIES = Set.of("DAILY", "WEEKLY", "MONTHLY", "YEARLY");
    private static final Set<String> TOO_FREQUENT = Set.of("SECONDLY", "MINUTELY", "HOURLY");
    private static final Set<String> ONE_VALUE = Set.of("BYHOUR", "BYMINUTE", "BYSECOND");
    private static final Set<String> LISTS =
            Set.of("BYDAY", "BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS");

    private final Map<String, String> parts;

    private RecurrenceRuleText(Map<String, String> parts) {
        this.parts = parts;
    }

    /** Reads a rule, forgiving what programs forgive one another: spaces, lower case, an empty part. */
    public static RecurrenceRuleText of(String value) throws UnusableCalendarException {
        if (value.length() > LENGTH) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        Map<String, String> parts = new LinkedHashMap<>();
        for (String part : value.replaceAll("\\s", "").toUpperCase(Locale.ROOT).split(";")) {
            int equals = part.indexOf('=');
            if (part.isEmpty()
                    || part.startsWith("X-")
                    || part.equals("SKIP=OMIT")
                    || part.equals("RSCALE=GREGORIAN")) {
                continue;
            }
            if (equals < 1 || parts.put(part.substring(0, equals), part.substring(equals + 1)) != null) {
                throw new UnusableCalendarException(Reason.BROKEN);
            }
        }
        RecurrenceRuleText rule = new RecurrenceRuleText(parts);
        rule.check();
        return rule;
    }

    private void check() throws UnusableCalendarException {
        String frequency = parts.getOrDefault("FREQ", "");
        if (TOO_FREQUENT.contains(frequency)) {
            throw new UnusableCalendarException(Reason.TOO_FREQUENT);
        }
        if (!FREQUENCIES.contains(frequency)) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        for (Map.Entry<String, String> part : parts.entrySet()) {
            check(part.getKey(), part.getValue());
        }
        try {
            new Recur(value(Optional.empty()));
        } catch (java.text.ParseException | RuntimeException broken) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
    }

    private static void check(String name, String value) throws UnusableCalendarException {
        switch (name) {
            case "COUNT" -> within(value, COUNT);
            case "INTERVAL" -> within(value, INTERVAL);
            case "FREQ", "WKST", "UNTIL" -> {
                // By themselves they make no work.
            }
            default -> {
                if (ONE_VALUE.contains(name)) {
                    if (value.indexOf(',') >= 0) {
                        throw new UnusableCalendarException(Reason.TOO_FREQUENT);
                    }
                } else if (!LISTS.contains(name)) {
                    throw new UnusableCalendarException(Reason.UNSUPPORTED);
                }
            }
        }
    }

    private static void within(String value, int most) throws UnusableCalendarException {
        if (!value.matches("\\d+")) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        if (value.length() > 9 || Integer.parseInt(value) > most) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        if (Integer.parseInt(value) == 0) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
    }

    /** How often at most; empty if it does not say. */
    Optional<Integer> count() {
        return Optional.ofNullable(parts.get("COUNT")).map(Integer::valueOf);
    }

    boolean daily() {
        return "DAILY".equals(parts.get("FREQ"));
    }

    public boolean yearly() {
        return "YEARLY".equals(parts.get("FREQ"));
    }

    /** {@code UNTIL} as local time of a zone; of a date, its last second. */
    public Optional<LocalDateTime> until(WallClock zone) throws UnusableCalendarException {
        return until().map(time -> time.form() == CalendarValues.Form.UTC
                ? zone.local(time.local().toInstant(ZoneOffset.UTC))
                : time.local());
    }

    /** {@code UNTIL} of an observance: it is in UTC, and its local time counts from the offset before. */
    public Optional<LocalDateTime> until(ZoneOffset before) throws UnusableCalendarException {
        return until().map(time -> time.form() == CalendarValues.Form.UTC
                ? time.local().plusSeconds(before.getTotalSeconds())
                : time.local());
    }

    private Optional<CalendarValues.Time> until() throws UnusableCalendarException {
        String until = parts.get("UNTIL");
        if (until == null) {
            return Optional.empty();
        }
        CalendarValues.Time time = CalendarValues.time(until);
        return Optional.of(
                time.form() == CalendarValues.Form.DATE
                        ? new CalendarValues.Time(
                                time.local().toLocalDate().atTime(LocalTime.of(23, 59, 59)), CalendarValues.Form.LOCAL)
                        : time);
    }

    /** The rule with its {@code UNTIL} as given here. */
    public String value(Optional<LocalDateTime> until) {
        return with(until.map(CalendarValues.LOCAL::format));
    }

    /** ical4j's form of it, in which local times are told as if they were UTC: no change of clocks ever disturbs it. */
    Recur recur() throws UnusableCalendarException {
        try {
            return new Recur(with(until().map(time -> CalendarValues.LOCAL.format(time.local()) + "Z")));
        } catch (java.text.ParseException | RuntimeException broken) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
    }

    private String with(Optional<String> until) {
        String rule = parts.entrySet().stream()
                .filter(part -> !part.getKey().equals("UNTIL"))
                .map(part -> part.getKey() + "=" + part.getValue())
                .collect(Collectors.joining(";"));
        return until.map(value -> rule + ";UNTIL=" + value).orElse(rule);
    }
}
