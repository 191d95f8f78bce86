package org.therapost.mailets.calendar;

import java.time.LocalDateTime;
import java.util.List;
import java.util.TreeSet;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.mailets.calendar.text.RecurrenceExpansion;
import org.therapost.mailets.calendar.text.RecurrenceRuleText;
import org.therapost.mailets.calendar.text.UnusableCalendarException;

/** Expands series with ical4j, in local time throughout: what clocks do to an instance is {@code WallClock}'s. */
public final class Ical4jOccurrences implements Occurrences {

    private static final int MOST = 40_000;

    @Override
    public List<LocalDateTime> starts(Series series, LocalDateTime from, LocalDateTime until, int limit) {
        TreeSet<LocalDateTime> starts = new TreeSet<>();
        // RFC 5545 section 3.8.5.3: DTSTART is the first instance, whatever the rule says.
        starts.add(series.start());
        // What is excluded is generated first and must not use up the limit.
        int most = (int) Math.min((long) limit + series.excluded().size() + 1, MOST);
        series.rule().ifPresent(rule -> starts.addAll(expanded(rule, series.start(), from, until, most)));
        starts.addAll(series.added());
        starts.addAll(series.moved().keySet());
        starts.removeAll(series.excluded());
        return starts.stream()
                .filter(start -> !start.isBefore(from) && start.isBefore(until))
                .limit(limit)
                .toList();
    }

    private static List<LocalDateTime> expanded(
            String rule, LocalDateTime seed, LocalDateTime from, LocalDateTime until, int limit) {
        try {
            return RecurrenceExpansion.starts(RecurrenceRuleText.of(rule), seed, from, until, limit);
        } catch (UnusableCalendarException broken) {
            throw new IllegalArgumentException("not a rule that the reader lets pass", broken);
        }
    }
}
