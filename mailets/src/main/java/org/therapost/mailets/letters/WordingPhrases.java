package org.therapost.mailets.letters;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.WallClock;

/** The wording of one kind of letters in one language. */
final class WordingPhrases {

    static final String DATE = "date";
    static final String DATE_ON_THE_FIRST = "date.on-the-first";

    /** The date as a subject has it; therapists' wording only. */
    static final String DATE_IN_SUBJECT = "date.in-subject";

    private final Locale language;
    private final Map<String, MustacheTemplate> templates;
    private final DateTimeFormatter date;
    private final DateTimeFormatter dateOnTheFirst;
    private final DateTimeFormatter dateInSubject;
    private final DateTimeFormatter time;
    private final DateTimeFormatter offset;

    /** @param patterns of {@link #DATE} and {@link #DATE_ON_THE_FIRST}, as {@link DateTimeFormatter} has them */
    WordingPhrases(Locale language, Map<String, MustacheTemplate> templates, Map<String, String> patterns) {
        this.language = language;
        this.templates = Map.copyOf(templates);
        this.date = pattern(Optional.ofNullable(patterns.get(DATE)).orElseThrow());
        this.dateOnTheFirst =
                pattern(Optional.ofNullable(patterns.get(DATE_ON_THE_FIRST)).orElseThrow());
        this.dateInSubject =
                pattern(Optional.ofNullable(patterns.get(DATE_IN_SUBJECT)).orElse("d MMMM"));
        this.time = pattern("HH:mm");
        this.offset = pattern("'UTC'xxx");
    }

    private DateTimeFormatter pattern(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, language);
    }

    Locale language() {
        return language;
    }

    String text(String key) {
        return text(key, Map.of());
    }

    String text(String key, Map<String, String> values) {
        return Optional.ofNullable(templates.get(key))
                .orElseThrow(() -> new IllegalStateException("no wording for " + key))
                .with(values);
    }

    /** A moment: weekday, date, time, and the offset from UTC. */
    String moment(Instant instant, WallClock clock) {
        OffsetDateTime local = local(instant, clock);
        return text("moment", Map.of("date", date(local), "time", time.format(local), "offset", offset.format(local)));
    }

    /** A moment as short as a subject has it: weekday, date and time. */
    String soon(Instant instant, WallClock clock) {
        OffsetDateTime local = local(instant, clock);
        return text("moment.in-subject", Map.of("date", dateInSubject.format(local), "time", time.format(local)));
    }

    /** From a moment to the end of something that begins then. */
    String span(Instant start, Duration length, WallClock clock) {
        OffsetDateTime local = local(start, clock);
        OffsetDateTime end = local(start.plus(length), clock);
        return text(
                "span",
                Map.of(
                        "date", date(local),
                        "time", time.format(local),
                        "end", time.format(end),
                        "offset", offset.format(local)));
    }

    private String date(OffsetDateTime local) {
        return (local.getDayOfMonth() == 1 ? dateOnTheFirst : date).format(local);
    }

    private static OffsetDateTime local(Instant instant, WallClock clock) {
        return instant.atOffset(clock.offset(instant));
    }
}
