package org.therapost.mailets.calendar.text;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;

/** Values of RFC 5545 section 3.3 as text. */
public final class CalendarValues {

    /** {@code DATE-TIME} without the {@code Z}: local time. */
    public static final DateTimeFormatter LOCAL = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss");

    private static final Pattern DATE_TIME =
            Pattern.compile("(\\d{4})-?(\\d{2})-?(\\d{2})(?:T(\\d{2}):?(\\d{2})(?::?(\\d{2}))?(?:\\.\\d{1,9})?(Z)?)?");
    private static final Pattern DURATION = Pattern.compile(
            "([+-]?)P(?:(\\d{1,4})W)?(?:(\\d{1,4})D)?(?:T(?:(\\d{1,5})H)?(?:(\\d{1,6})M)?(?:(\\d{1,8})S)?)?");
    private static final Pattern OFFSET = Pattern.compile("([+-])(\\d{2}):?(\\d{2}):?(\\d{2})?");
    private static final int[] SECONDS = {7 * 86_400, 86_400, 3_600, 60, 1};
    private static final int FIRST_YEAR = 1600;
    private static final int LAST_YEAR = 2200;

    private CalendarValues() {}

    /**
     * A {@code DATE} or {@code DATE-TIME}.
     *
     * @param local for a date, its first moment
     */
    public record Time(LocalDateTime local, Form form) {}

    /** How a time is written (RFC 5545 sections 3.3.4 and 3.3.5). */
    public enum Form {
        DATE,
        /** Floating, or of the zone that a parameter names. */
        LOCAL,
        UTC
    }

    public static Time time(String value) throws UnusableCalendarException {
        Matcher parts = DATE_TIME.matcher(value.strip());
        if (!parts.matches()) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        int year = number(parts, 1);
        if (year < FIRST_YEAR || year > LAST_YEAR) {
            throw new UnusableCalendarException(Reason.BEYOND_LIMITS);
        }
        try {
            LocalDateTime local = LocalDateTime.of(
                    year,
                    number(parts, 2),
                    number(parts, 3),
                    number(parts, 4),
                    number(parts, 5),
                    // RFC 5545 section 3.3.12: programs that know no leap seconds take 60 as 59.
                    Math.min(number(parts, 6), 59));
            if (parts.group(4) == null) {
                return new Time(local, Form.DATE);
            }
            return new Time(local, parts.group(7) == null ? Form.LOCAL : Form.UTC);
        } catch (DateTimeException impossible) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
    }

    /** A {@code DURATION}; a nominal day counts 24 hours. */
    public static Duration duration(String value) throws UnusableCalendarException {
        Matcher parts = DURATION.matcher(value.strip());
        if (!parts.matches()) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        long seconds = 0;
        for (int i = 0; i < SECONDS.length; i++) {
            seconds += (long) SECONDS[i] * number(parts, i + 2);
        }
        return Duration.ofSeconds(parts.group(1).equals("-") ? -seconds : seconds);
    }

    /** A {@code UTC-OFFSET}. */
    public static ZoneOffset offset(String value) throws UnusableCalendarException {
        Matcher parts = OFFSET.matcher(value.strip());
        if (!parts.matches()) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
        int seconds = number(parts, 2) * 3600 + number(parts, 3) * 60 + number(parts, 4);
        try {
            return ZoneOffset.ofTotalSeconds(parts.group(1).equals("-") ? -seconds : seconds);
        } catch (DateTimeException impossible) {
            throw new UnusableCalendarException(Reason.BROKEN);
        }
    }

    /** An {@code INTEGER} that cannot be negative; what is none counts as absent. */
    public static int count(String value) {
        return value.matches("\\d{1,9}") ? Integer.parseInt(value) : 0;
    }

    /** The form of an offset that we write. */
    public static String text(ZoneOffset offset) {
        int seconds = Math.abs(offset.getTotalSeconds());
        String sign = offset.getTotalSeconds() < 0 ? "-" : "+";
        String text = String.format("%s%02d%02d", sign, seconds / 3600, seconds / 60 % 60);
        return seconds % 60 == 0 ? text : text + String.format("%02d", seconds % 60);
    }

    private static int number(Matcher parts, int group) {
        String digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }
}
