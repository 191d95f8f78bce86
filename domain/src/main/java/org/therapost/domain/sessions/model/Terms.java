package org.therapost.domain.sessions.model;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What therapist and client have agreed for a thread, from a date on. Earlier terms are kept.
 *
 * @param since from when they hold
 * @param zone the therapist's
 * @param length of a session opened without saying how long
 * @param lateness how long after the start a silent client counts as late; at most half the window; zero if it is not to be watched
 * @param grace how long after the end client mail is still delivered
 * @param maxHold how long mail is held at most, counted from its acceptance
 * @param urgentWord the word or phrase at the start of a subject that releases at once
 * @param backUpPlan what therapist and client do when live mail does not get through, in the therapist's words
 * @param hoursSummary whether the therapist hears once a week what was written in messaging hours
 * @param cycle the asynchronous part of the contract
 */
public record Terms(
        Instant since,
        ThreadMode mode,
        OutsideMailPolicy policy,
        ZoneId zone,
        Duration length,
        Duration lateness,
        Duration grace,
        Duration maxHold,
        Optional<String> urgentWord,
        Optional<String> backUpPlan,
        HoursSummary hoursSummary,
        Optional<CycleTerms> cycle) {

    private static final Duration HOUR = Duration.ofHours(1);

    public Terms {
        within("length", length, Duration.ofMinutes(1), Duration.ofHours(24));
        within("lateness", lateness, Duration.ZERO, HOUR);
        within("grace", grace, Duration.ZERO, Duration.ofMinutes(30));
        within("max-hold", maxHold, HOUR, Duration.ofDays(7));
        urgentWord.ifPresent(UrgentWord::check);
    }

    /** What holds while nothing was agreed. */
    public static Terms initial(Instant since, ZoneId zone) {
        return new Terms(
                since,
                ThreadMode.ASYNCHRONOUS,
                OutsideMailPolicy.DELIVER,
                zone,
                Duration.ofMinutes(50),
                Duration.ofMinutes(15),
                Duration.ofMinutes(5),
                Duration.ofDays(7),
                Optional.empty(),
                Optional.empty(),
                HoursSummary.NEVER,
                Optional.empty());
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most);
        }
    }

    /**
     * The rhythm of asynchronous letters.
     *
     * @param cutOffDay with {@code cutOffTime}: until when the client's letters of one exchange count together
     * @param replyWithin working days after the cut-off by which the therapist answers
     * @param replyTime until when on that day, in the therapist's zone
     * @param workingDays the therapist's
     * @param holidays days on which the therapist does not work
     * @param wordLimit of a client's exchange; it only informs
     */
    public record CycleTerms(
            DayOfWeek cutOffDay,
            LocalTime cutOffTime,
            int replyWithin,
            LocalTime replyTime,
            Set<DayOfWeek> workingDays,
            Set<LocalDate> holidays,
            OptionalInt wordLimit) {

        public CycleTerms {
            if (workingDays.isEmpty()) {
                throw new IllegalArgumentException("at least one working day a week");
            }
            if (replyWithin < 0 || replyWithin > 60) {
                throw new IllegalArgumentException("reply-within is from 0 to 60 working days");
            }
            workingDays = Set.copyOf(EnumSet.copyOf(workingDays));
            holidays = Set.copyOf(holidays);
        }
    }
}
