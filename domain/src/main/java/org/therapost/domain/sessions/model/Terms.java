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
 * @param outside what becomes of mail outside every window
 * @param windows what holds in and around windows
 * @param cycle the asynchronous part of the contract
 */
public record Terms(
        Instant since,
        ThreadMode mode,
        ZoneId zone,
        OutsideMail outside,
        WindowRules windows,
        Optional<CycleTerms> cycle) {

    private static final Duration HOUR = Duration.ofHours(1);

    /**
     * Client mail outside every window.
     *
     * @param maxHold how long mail is held at most, counted from its acceptance: from 1 hour to 7 days
     * @param urgentWord the word or phrase at the start of a subject that releases at once
     */
    public record OutsideMail(OutsideMailPolicy policy, Duration maxHold, Optional<String> urgentWord) {

        public OutsideMail {
            within("max-hold", maxHold, HOUR, Duration.ofDays(7));
            urgentWord.ifPresent(UrgentWord::check);
        }
    }

    /**
     * Windows.
     *
     * @param length of a session opened without saying how long: from 1 minute to 24 hours
     * @param lateness how long after the start a silent client counts as late, at most an hour and at most half the window;
     *     zero if it is not to be watched
     * @param grace how long after the end client mail is still delivered, at most 30 minutes
     * @param backUpPlan what therapist and client do when live mail does not get through, in the therapist's words
     * @param hoursSummary whether the therapist hears once a week what was written in messaging hours
     */
    public record WindowRules(
            Duration length,
            Duration lateness,
            Duration grace,
            Optional<String> backUpPlan,
            HoursSummary hoursSummary) {

        public WindowRules {
            within("length", length, Duration.ofMinutes(1), Duration.ofHours(24));
            within("lateness", lateness, Duration.ZERO, HOUR);
            within("grace", grace, Duration.ZERO, Duration.ofMinutes(30));
        }
    }

    public OutsideMailPolicy policy() {
        return outside.policy();
    }

    public Duration maxHold() {
        return outside.maxHold();
    }

    public Optional<String> urgentWord() {
        return outside.urgentWord();
    }

    public Duration length() {
        return windows.length();
    }

    public Duration lateness() {
        return windows.lateness();
    }

    public Duration grace() {
        return windows.grace();
    }

    public Optional<String> backUpPlan() {
        return windows.backUpPlan();
    }

    public HoursSummary hoursSummary() {
        return windows.hoursSummary();
    }

    /** What holds while nothing was agreed. */
    public static Terms initial(Instant since, ZoneId zone) {
        return new Terms(
                since,
                ThreadMode.ASYNCHRONOUS,
                zone,
                new OutsideMail(OutsideMailPolicy.DELIVER, Duration.ofDays(7), Optional.empty()),
                new WindowRules(
                        Duration.ofMinutes(50),
                        Duration.ofMinutes(15),
                        Duration.ofMinutes(5),
                        Optional.empty(),
                        HoursSummary.NEVER),
                Optional.empty());
    }

    private static void within(String name, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " is from " + least + " to " + most);
        }
    }

    /** When a week's letters are complete, in the therapist's zone. */
    public record CutOff(DayOfWeek day, LocalTime time) {}

    /**
     * The rhythm of asynchronous letters.
     *
     * @param cutOff until when the client's letters of one cycle count together
     * @param replyWithin working days after the cut-off by which the therapist answers
     * @param replyTime until when on that day, in the therapist's zone
     * @param workingDays the therapist's
     * @param holidays days on which the therapist does not work
     * @param wordLimit of a client's cycle; it only informs
     */
    public record CycleTerms(
            CutOff cutOff,
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
