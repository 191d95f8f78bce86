package org.therapost.mailets.calendar.text;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import net.fortuna.ical4j.model.DateTime;
import net.fortuna.ical4j.model.Recur;
import net.fortuna.ical4j.model.parameter.Value;

/**
 * Expands a rule with ical4j. Local times are told to it as if they were UTC, so that it knows of no clocks; neither the
 * machine's zone nor its locale plays a part.
 */
public final class RecurrenceExpansion {

    /**
     * ical4j gives up after a thousand steps that find nothing. Two years are fewer steps of any rule, so that a rule for
     * one day in leap years is still expanded.
     */
    private static final int STRIDE_YEARS = 2;

    private static final int STRIDES = 40;

    private RecurrenceExpansion() {}

    /**
     * Starts that a rule yields, ascending.
     *
     * @param from the first that counts
     * @param until the first that does not; nothing is looked for more than eighty years after {@code from}
     * @param limit at most so many
     */
    public static List<LocalDateTime> starts(
            RecurrenceRuleText rule, LocalDateTime seed, LocalDateTime from, LocalDateTime until, int limit)
            throws UnusableCalendarException {
        Recur recur = rule.recur();
        if (rule.count().isPresent() || !rule.daily()) {
            return between(recur, seed, rule.count().isPresent() ? seed : from, from, until, limit);
        }
        List<LocalDateTime> starts = new java.util.ArrayList<>();
        LocalDateTime stride = from.isBefore(seed) ? seed : from;
        for (int i = 0; i < STRIDES && stride.isBefore(until) && starts.size() < limit; i++) {
            LocalDateTime next = stride.plusYears(STRIDE_YEARS);
            starts.addAll(
                    between(recur, seed, stride, stride, next.isBefore(until) ? next : until, limit - starts.size()));
            stride = next;
        }
        return starts;
    }

    /** @param searched from where ical4j counts: with a {@code COUNT}, from the beginning */
    private static List<LocalDateTime> between(
            Recur recur,
            LocalDateTime seed,
            LocalDateTime searched,
            LocalDateTime from,
            LocalDateTime until,
            int limit) {
        return recur.getDatesAsStream(date(seed), date(searched), date(until), Value.DATE_TIME, -1)
                .map(RecurrenceExpansion::local)
                .filter(start -> !start.isBefore(from) && start.isBefore(until))
                .sorted()
                .distinct()
                .limit(limit)
                .toList();
    }

    private static DateTime date(LocalDateTime local) {
        DateTime date = new DateTime(Date.from(local.toInstant(ZoneOffset.UTC)));
        date.setUtc(true);
        return date;
    }

    private static LocalDateTime local(Date date) {
        return LocalDateTime.ofInstant(date.toInstant(), ZoneOffset.UTC);
    }
}
