package org.therapost.domain.sessions.mail;

import static java.util.regex.Pattern.CASE_INSENSITIVE;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;

/**
 * Reads the commands about a thread that a therapist writes to the office, without the client's name:
 *
 * <pre>
 * session open [minutes]
 * session extend minutes
 * session propose YYYY-MM-DD HH:MM [minutes]
 * session cancel [YYYY-MM-DD HH:MM]
 * session list
 * session reply-by YYYY-MM-DD [HH:MM]
 * session help
 * </pre>
 *
 * <p>Times are the therapist's local time. An answer that is to wait for the next open is an ordinary mail whose subject
 * begins with {@code [at open]}; the rest is its subject.
 */
public final class SessionCommandParser {

    private static final Pattern AT_OPEN = Pattern.compile(
            "^((?:\\s*\\p{L}{1,4}(?:\\[\\d+\\])?\\s?:)*)\\s*\\[\\s*at\\s+open\\s*\\]\\s*", CASE_INSENSITIVE);

    private static final Pattern COMMAND =
            Pattern.compile("session(?:(?:\\s*:)?\\s+(.*)|\\s*:)?", CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern BEGINS =
            Pattern.compile("^(session|open|extend|propose|cancel|list|reply-by)\\b", CASE_INSENSITIVE);
    private static final String MINUTES = "(\\d{1,4})(?: ?(?:m|mins?|minutes?))?";
    private static final String DAY = "(\\d{4}-\\d{2}-\\d{2})";
    private static final String TIME = "[ t](\\d{1,2}:\\d{2})";
    private static final Pattern OPEN = Pattern.compile("open(?: now)?(?: (?:for )?" + MINUTES + ")?");
    private static final Pattern EXTEND = Pattern.compile("extend (?:by )?" + MINUTES);
    private static final Pattern PROPOSE = Pattern.compile("propose " + DAY + TIME + "(?: " + MINUTES + ")?");
    private static final Pattern CANCEL = Pattern.compile("cancel(?: " + DAY + TIME + ")?");
    private static final Pattern REPLY_BY = Pattern.compile("reply-by " + DAY + "(?:" + TIME + ")?");

    /** A date without a time means the end of that day's work. */
    private static final LocalTime EVENING = LocalTime.of(18, 0);

    private static final int LONGEST = 24 * 60;

    private SessionCommandParser() {}

    /** Whether words begin as a command does, whatever follows. */
    public static boolean begins(String words) {
        return BEGINS.matcher(words.strip()).find();
    }

    /**
     * Reads a command.
     *
     * @param zone the therapist's
     * @return empty if it does not begin with the word {@code session}; help if it does and is not understood, or names a time that has passed
     */
    public static Optional<SessionCommand> read(String subject, ZoneId zone, Instant now) {
        Matcher command = COMMAND.matcher(subject.replace('\u00a0', ' ').strip());
        if (!command.matches()) {
            return Optional.empty();
        }
        String words = command.group(1) == null
                ? ""
                : command.group(1)
                        .strip()
                        .replaceAll("\\s+", " ")
                        .toLowerCase(Locale.ROOT)
                        .replaceFirst("[.!]$", "");
        try {
            SessionCommand read = parse(words, WallClock.of(zone));
            return Optional.of(speaksOfThePast(read, now) ? new SessionCommand.Help() : read);
        } catch (DateTimeException | IllegalArgumentException notUnderstood) {
            return Optional.of(new SessionCommand.Help());
        }
    }

    private static boolean speaksOfThePast(SessionCommand command, Instant now) {
        return (command instanceof SessionCommand.Propose propose
                        && propose.opensAt().isBefore(now))
                || (command instanceof SessionCommand.ReplyBy replyBy
                        && !replyBy.due().isAfter(now));
    }

    private static SessionCommand parse(String words, WallClock clock) {
        Matcher open = OPEN.matcher(words);
        if (open.matches()) {
            return new SessionCommand.Open(minutes(open.group(1)));
        }
        Matcher extend = EXTEND.matcher(words);
        if (extend.matches()) {
            return new SessionCommand.Extend(minutes(extend.group(1)).orElseThrow());
        }
        Matcher propose = PROPOSE.matcher(words);
        if (propose.matches()) {
            return new SessionCommand.Propose(
                    instant(propose.group(1), propose.group(2), clock), minutes(propose.group(3)));
        }
        Matcher cancel = CANCEL.matcher(words);
        if (cancel.matches()) {
            return new SessionCommand.Cancel(
                    Optional.ofNullable(cancel.group(1)).map(day -> instant(day, cancel.group(2), clock)));
        }
        Matcher replyBy = REPLY_BY.matcher(words);
        if (replyBy.matches()) {
            return new SessionCommand.ReplyBy(instant(replyBy.group(1), replyBy.group(2), clock));
        }
        return words.equals("list") ? new SessionCommand.List() : new SessionCommand.Help();
    }

    private static Optional<Duration> minutes(@Nullable String digits) {
        if (digits == null) {
            return Optional.empty();
        }
        int minutes = Integer.parseInt(digits);
        if (minutes < 1 || minutes > LONGEST) {
            throw new IllegalArgumentException("from 1 minute to 24 hours");
        }
        return Optional.of(Duration.ofMinutes(minutes));
    }

    private static Instant instant(String day, @Nullable String time, WallClock clock) {
        LocalTime at = time == null ? EVENING : LocalTime.parse(time.length() == 4 ? "0" + time : time);
        LocalDate date = LocalDate.parse(day);
        if (date.getYear() > Series.LAST_YEAR) {
            throw new IllegalArgumentException("nobody plans so far");
        }
        return clock.instant(date.atTime(at));
    }

    /**
     * The subject of an answer that is to wait for the next open, without the words that say so.
     *
     * @return empty if the answer is not to wait
     */
    public static Optional<String> atOpen(String subject) {
        Matcher marked = AT_OPEN.matcher(subject);
        if (!marked.find()) {
            return Optional.empty();
        }
        return Optional.of((marked.group(1) + " " + subject.substring(marked.end())).strip());
    }
}
