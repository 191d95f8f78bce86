package org.therapost.server.administration.routes;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sessions.model.HoursSummary;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Terms.CycleTerms;
import org.therapost.domain.sessions.model.ThreadMode;

/** Terms as people write and read them. */
final class ContractText {

    private static final String NONE = "none";
    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,5})\\s*(m|min|h|d)?");
    private static final Pattern TIME = Pattern.compile("\\d{1,2}:\\d{2}");
    private static final Pattern CUT_OFF = Pattern.compile("(?<day>[A-Za-z]+)\\s+(?<time>\\d{1,2}:\\d{2})");

    private ContractText() {}

    /** The terms in force with what a request changes of them. */
    static Terms changed(Terms terms, Request request, Instant since) throws EnrolmentException {
        try {
            return new Terms(
                    since,
                    constant(request, "mode", ThreadMode.class, terms.mode()),
                    request.optional("zone").map(ZoneId::of).orElse(terms.zone()),
                    new Terms.OutsideMail(
                            constant(request, "policy", OutsideMailPolicy.class, terms.policy()),
                            amount(request, "max-hold", terms.maxHold()),
                            words(request, "urgent-word", terms.urgentWord())),
                    new Terms.WindowRules(
                            amount(request, "length", terms.length()),
                            amount(request, "lateness", terms.lateness()),
                            amount(request, "grace", terms.grace()),
                            words(request, "back-up-plan", terms.backUpPlan()),
                            constant(request, "hours-summary", HoursSummary.class, terms.hoursSummary())),
                    cycle(terms.cycle(), request));
        } catch (DateTimeException | IllegalArgumentException bad) {
            throw new EnrolmentException(String.valueOf(bad.getMessage()));
        }
    }

    private static <E extends Enum<E>> E constant(Request request, String field, Class<E> type, E old) {
        Optional<String> text = request.optional(field);
        if (text.isEmpty()) {
            return old;
        }
        return Arrays.stream(type.getEnumConstants())
                .filter(one -> one.name().equalsIgnoreCase(text.get().strip()))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(field + " is one of "
                        + Arrays.stream(type.getEnumConstants())
                                .map(one -> one.name().toLowerCase(Locale.ROOT))
                                .collect(Collectors.joining(", "))));
    }

    private static Duration amount(Request request, String field, Duration old) {
        return request.optional(field).map(text -> duration(field, text)).orElse(old);
    }

    private static Duration duration(String field, String text) {
        Matcher amount = AMOUNT.matcher(text.strip());
        if (!amount.matches()) {
            throw new IllegalArgumentException(field + " is a number of minutes, or one with m, h or d");
        }
        long number = Long.parseLong(amount.group(1));
        String unit = Optional.ofNullable(amount.group(2)).orElse("m");
        return unit.equals("d")
                ? Duration.ofDays(number)
                : unit.equals("h") ? Duration.ofHours(number) : Duration.ofMinutes(number);
    }

    private static Optional<String> words(Request request, String field, Optional<String> old) {
        Optional<String> text = request.optional(field).map(String::strip);
        return text.isEmpty() ? old : text.filter(given -> !given.isEmpty() && !given.equalsIgnoreCase(NONE));
    }

    private static Optional<CycleTerms> cycle(Optional<CycleTerms> old, Request request) {
        Optional<String> cutOff = request.optional("cut-off");
        if (cutOff.filter(NONE::equalsIgnoreCase).isPresent()) {
            return Optional.empty();
        }
        if (old.isEmpty() && cutOff.isEmpty()) {
            for (String field : new String[] {"reply-within", "reply-time", "working-days", "holidays", "word-limit"}) {
                if (request.optional(field).isPresent()) {
                    throw new IllegalArgumentException(field + " needs cut-off, such as SUN 18:00");
                }
            }
            return Optional.empty();
        }
        CycleTerms from = old.orElse(new CycleTerms(
                new Terms.CutOff(DayOfWeek.SUNDAY, LocalTime.of(18, 0)),
                3,
                LocalTime.of(18, 0),
                Set.of(DayOfWeek.MONDAY, DayOfWeek.TUESDAY, DayOfWeek.WEDNESDAY, DayOfWeek.THURSDAY, DayOfWeek.FRIDAY),
                Set.of(),
                OptionalInt.empty()));
        Optional<Matcher> when = cutOff.map(ContractText::cutOff);
        return Optional.of(new CycleTerms(
                new Terms.CutOff(
                        when.map(found -> day(found.group("day")))
                                .orElse(from.cutOff().day()),
                        when.map(found -> LocalTime.parse(padded(found.group("time"))))
                                .orElse(from.cutOff().time())),
                request.optional("reply-within")
                        .map(text -> number("reply-within", text))
                        .orElse(from.replyWithin()),
                request.optional("reply-time").map(ContractText::time).orElse(from.replyTime()),
                list(request, "working-days", ContractText::day).orElse(from.workingDays()),
                list(request, "holidays", LocalDate::parse).orElse(from.holidays()),
                wordLimit(request, from.wordLimit())));
    }

    private static Matcher cutOff(String text) {
        Matcher found = CUT_OFF.matcher(text.strip());
        if (!found.matches()) {
            throw new IllegalArgumentException("cut-off is a day and a time, such as SUN 18:00");
        }
        return found;
    }

    private static LocalTime time(String text) {
        if (!TIME.matcher(text.strip()).matches()) {
            throw new IllegalArgumentException("reply-time is a time of the day, such as 17:00");
        }
        return LocalTime.parse(padded(text.strip()));
    }

    private static String padded(String time) {
        return time.length() == 4 ? "0" + time : time;
    }

    private static DayOfWeek day(String text) {
        return Arrays.stream(DayOfWeek.values())
                .filter(day -> text.strip().length() >= 2
                        && day.name().startsWith(text.strip().toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("not a day of the week, such as MON: " + text));
    }

    private static int number(String field, String text) {
        try {
            return Integer.parseInt(text.strip());
        } catch (NumberFormatException bad) {
            throw new IllegalArgumentException(field + " is a number", bad);
        }
    }

    private static <T> Optional<Set<T>> list(Request request, String field, Function<String, T> one) {
        return request.optional(field)
                .map(text -> text.isBlank() || text.equalsIgnoreCase(NONE)
                        ? Set.of()
                        : Arrays.stream(text.split(","))
                                .map(String::strip)
                                .map(one)
                                .collect(Collectors.toSet()));
    }

    private static OptionalInt wordLimit(Request request, OptionalInt old) {
        Optional<String> text = request.optional("word-limit");
        if (text.isEmpty()) {
            return old;
        }
        return text.get().equalsIgnoreCase(NONE)
                ? OptionalInt.empty()
                : OptionalInt.of(number("word-limit", text.get()));
    }

    /** The terms, each under the name by which it is set. The words of people are not shown, only whether there are any. */
    static Map<String, Object> describe(Terms terms) {
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("since", terms.since().toString());
        answer.put("mode", terms.mode().name().toLowerCase(Locale.ROOT));
        answer.put("policy", terms.policy().name().toLowerCase(Locale.ROOT));
        answer.put("zone", terms.zone().getId());
        answer.put("length", text(terms.length()));
        answer.put("lateness", text(terms.lateness()));
        answer.put("grace", text(terms.grace()));
        answer.put("max-hold", text(terms.maxHold()));
        answer.put("urgent-word", terms.urgentWord().isPresent() ? "set" : NONE);
        answer.put("back-up-plan", terms.backUpPlan().isPresent() ? "set" : NONE);
        answer.put("hours-summary", terms.hoursSummary().name().toLowerCase(Locale.ROOT));
        answer.put(
                "cut-off",
                terms.cycle()
                        .map(cycle -> cycle.cutOff().day().name().substring(0, 3) + " "
                                + cycle.cutOff().time())
                        .orElse(NONE));
        terms.cycle().ifPresent(cycle -> {
            answer.put("reply-within", cycle.replyWithin());
            answer.put("reply-time", cycle.replyTime().toString());
            answer.put(
                    "working-days",
                    cycle.workingDays().stream()
                            .sorted()
                            .map(day -> day.name().substring(0, 3))
                            .collect(Collectors.joining(",")));
            answer.put(
                    "holidays",
                    cycle.holidays().stream().sorted().map(LocalDate::toString).collect(Collectors.joining(",")));
            answer.put(
                    "word-limit",
                    cycle.wordLimit().isPresent()
                            ? String.valueOf(cycle.wordLimit().getAsInt())
                            : NONE);
        });
        return answer;
    }

    private static String text(Duration duration) {
        if (duration.toMinutes() % (24 * 60) == 0 && !duration.isZero()) {
            return duration.toDays() + "d";
        }
        return duration.toMinutes() % 60 == 0 && !duration.isZero()
                ? duration.toHours() + "h"
                : duration.toMinutes() + "m";
    }
}
