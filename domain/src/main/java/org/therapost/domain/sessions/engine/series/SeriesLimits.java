package org.therapost.domain.sessions.engine.series;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.Series;

/** What of a series is not planned: dates that are gone or beyond a lifetime, windows longer than a day, and too many of them. */
public final class SeriesLimits {

    /** Windows of one series in any twelve months. */
    static final int IN_A_YEAR = 500;

    /** What is counted of a rule; what it yields later is no denser than its first years. */
    private static final int YEARS = 5;

    private static final int COUNTED = 10_000;
    private static final Duration LONGEST = Duration.ofHours(24);

    private final WindowPlanning windowPlanning;
    private final Occurrences occurrences;

    public SeriesLimits(WindowPlanning windowPlanning, Occurrences occurrences) {
        this.windowPlanning = windowPlanning;
        this.occurrences = occurrences;
    }

    /**
     * Why a series is refused; empty if it is not.
     *
     * @param older the planned one that it updates, if there is one: then what of today has passed may be in it
     * @param zone the therapist's, in which today is today
     */
    Optional<Reason> refusal(Series series, Optional<Series> older, ZoneId zone, Instant at) {
        if (instances(series).anyMatch(one -> one.length().compareTo(LONGEST) > 0)) {
            return Optional.of(Reason.TOO_LONG);
        }
        if (instances(series).anyMatch(one -> one.start().getYear() > Series.LAST_YEAR)) {
            return Optional.of(Reason.TOO_FAR);
        }
        LocalDate today = at.atZone(zone).toLocalDate();
        Instant from = older.isPresent() ? today.atStartOfDay(zone).toInstant() : at;
        if (windowPlanning.instances(series, from, at).isEmpty()) {
            return Optional.of(Reason.PAST);
        }
        return tooMany(series) ? Optional.of(Reason.TOO_MANY) : Optional.empty();
    }

    private static Stream<Series.Instance> instances(Series series) {
        return Stream.concat(
                Stream.concat(Stream.of(series.start()), series.added().stream())
                        .map(series::instance),
                series.moved().values().stream());
    }

    private boolean tooMany(Series series) {
        if (!series.repeats()) {
            return series.moved().size() > IN_A_YEAR;
        }
        LocalDateTime first = series.start();
        TreeSet<LocalDateTime> all = new TreeSet<>(series.added());
        all.addAll(occurrences.starts(series, first, first.plusYears(YEARS), COUNTED));
        List<LocalDateTime> starts = List.copyOf(all);
        for (int i = IN_A_YEAR; i < starts.size(); i++) {
            if (starts.get(i).isBefore(starts.get(i - IN_A_YEAR).plusYears(1))) {
                return true;
            }
        }
        return false;
    }
}
