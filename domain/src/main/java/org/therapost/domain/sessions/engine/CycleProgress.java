package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.step.StepBuilder;

/** Cycles: cut-off, receipt, reminders, and the answer that is due. They never limit when a client writes. */
final class CycleProgress {

    static final int RECEIPT = 1;
    static final int DAY_BEFORE = 1 << 1;
    static final int HOURS_BEFORE = 1 << 2;
    static final int DELAYED = 1 << 3;
    static final int MANY_WORDS = 1 << 4;
    static final int LETTER = 1 << 5;

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOURS = Duration.ofHours(2);

    private CycleProgress() {}

    static Optional<Terms.CycleTerms> terms(StepBuilder stepBuilder, Instant at) {
        return stepBuilder.termsAt(at).cycle();
    }

    /** The first cut-off after an instant. A message accepted exactly at a cut-off belongs to the next cycle. */
    static Instant cutOff(Terms.CycleTerms terms, ZoneId zone, Instant after) {
        LocalDate day = after.atZone(zone).toLocalDate().with(TemporalAdjusters.nextOrSame(terms.cutOffDay()));
        WallClock clock = WallClock.of(zone);
        Instant cutOff = clock.instant(day.atTime(terms.cutOffTime()));
        return cutOff.isAfter(after) ? cutOff : clock.instant(day.plusWeeks(1).atTime(terms.cutOffTime()));
    }

    /** When the answer to what was written until a cut-off is due: so many working days later. */
    static Instant replyBy(Terms.CycleTerms terms, ZoneId zone, Instant cutOff) {
        LocalDate day = cutOff.atZone(zone).toLocalDate();
        for (int left = terms.replyWithin(); left > 0 || !works(terms, day); ) {
            day = day.plusDays(1);
            if (left > 0 && works(terms, day)) {
                left--;
            }
        }
        Instant due = WallClock.of(zone).instant(day.atTime(terms.replyTime()));
        return due.isBefore(cutOff)
                ? WallClock.of(zone).instant(nextWorkingDay(terms, day).atTime(terms.replyTime()))
                : due;
    }

    /** A reply time before that of the cut-off, on its very day, would be over before the letters were due. */
    private static LocalDate nextWorkingDay(Terms.CycleTerms terms, LocalDate day) {
        LocalDate next = day.plusDays(1);
        while (!works(terms, next)) {
            next = next.plusDays(1);
        }
        return next;
    }

    private static boolean works(Terms.CycleTerms terms, LocalDate day) {
        return terms.workingDays().contains(day.getDayOfWeek())
                && !terms.holidays().contains(day);
    }

    /** A cycle that waits for the client. */
    static Cycle waiting(
            StepBuilder stepBuilder,
            Cycle.State state,
            Optional<Instant> lastMail,
            Terms.CycleTerms terms,
            Instant at) {
        Instant cutOff = cutOff(terms, stepBuilder.termsAt(at).zone(), at);
        return new Cycle(
                state, lastMail, Optional.of(cutOff), Optional.empty(), 0, 0, Optional.empty(), Optional.empty());
    }

    /** A client's message that was accepted outside every window. */
    static void letter(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        Optional<Terms.CycleTerms> terms = terms(stepBuilder, at);
        if (terms.isEmpty() || stepBuilder.cycle.isEmpty() || mail.automatic()) {
            return;
        }
        Cycle cycle = stepBuilder.cycle.get();
        Cycle heard = change(cycle, cycle.state(), Optional.of(at));
        if (cycle.state() == Cycle.State.AWAITING_THERAPIST || cycle.state() == Cycle.State.OVERDUE) {
            Cycle.Next next = next(stepBuilder, heard, terms.get(), at);
            int told = tell(stepBuilder, terms.get(), mail, next.replyBy(), true, next.told(), next.words(), at);
            stepBuilder.cycle = Optional.of(
                    next(heard, new Cycle.Next(next.cutOff(), next.replyBy(), told, next.words() + mail.words())));
            return;
        }
        Cycle received = received(stepBuilder, heard, terms.get(), at);
        Instant due = received.replyBy().orElseThrow();
        int told = tell(stepBuilder, terms.get(), mail, due, false, received.told(), received.words(), at);
        stepBuilder.cycle = Optional.of(new Cycle(
                Cycle.State.RECEIVED,
                received.lastClientMail(),
                received.cutOff(),
                received.replyBy(),
                told,
                received.words() + mail.words(),
                received.newDate(),
                Optional.empty()));
    }

    private static Cycle received(StepBuilder stepBuilder, Cycle cycle, Terms.CycleTerms terms, Instant at) {
        if (cycle.state() == Cycle.State.RECEIVED) {
            return cycle;
        }
        Optional<Instant> running = cycle.cutOff().filter(at::isBefore);
        ZoneId zone = stepBuilder.termsAt(at).zone();
        Instant cutOff = running.orElseGet(() -> cutOff(terms, zone, at));
        Instant due = cycle.replyBy().filter(any -> running.isPresent()).orElseGet(() -> replyBy(terms, zone, cutOff));
        int told = running.isPresent() ? cycle.told() : 0;
        int words = running.isPresent() ? cycle.words() : 0;
        return new Cycle(
                Cycle.State.RECEIVED,
                cycle.lastClientMail(),
                Optional.of(cutOff),
                Optional.of(due),
                told | past(due, at),
                words,
                Optional.empty(),
                Optional.empty());
    }

    private static Cycle.Next next(StepBuilder stepBuilder, Cycle cycle, Terms.CycleTerms terms, Instant at) {
        Optional<Cycle.Next> running = cycle.next().filter(next -> at.isBefore(next.cutOff()));
        if (running.isPresent()) {
            return running.get();
        }
        ZoneId zone = stepBuilder.termsAt(at).zone();
        Instant cutOff = cutOff(terms, zone, at);
        Instant due = replyBy(terms, zone, cutOff);
        return new Cycle.Next(cutOff, due, past(due, at), 0);
    }

    /** The reminders whose time has passed already. */
    static int past(Instant due, Instant at) {
        int past = due.minus(DAY).isBefore(at) ? DAY_BEFORE : 0;
        return due.minus(HOURS).isBefore(at) ? past | HOURS_BEFORE : past;
    }

    private static int tell(
            StepBuilder stepBuilder,
            Terms.CycleTerms terms,
            ClientMail mail,
            Instant due,
            boolean belongsToNext,
            int told,
            int words,
            Instant at) {
        int now = told | LETTER;
        if ((told & RECEIPT) == 0 && !ClosedPeriodNotices.toldJustNow(stepBuilder, at)) {
            ClientLetter receipt = new ClientLetter.Receipt(at, due, belongsToNext);
            ClosedPeriodNotices.closedPeriod(stepBuilder, receipt, mail.messageId(), at);
            now |= RECEIPT;
        }
        OptionalInt limit = terms.wordLimit();
        if (limit.isPresent() && words + mail.words() > limit.getAsInt() && (told & MANY_WORDS) == 0) {
            stepBuilder.tell(new TherapistNote.ManyWords(words + mail.words(), limit.getAsInt()));
            now |= MANY_WORDS;
        }
        return now;
    }

    /** An answer of the therapist answers every cycle whose cut-off has passed, or the one that runs. */
    static void answered(StepBuilder stepBuilder, Instant at) {
        Cycle cycle = stepBuilder.cycle.orElse(null);
        if (cycle == null
                || cycle.replyBy().isEmpty()
                || !List.of(Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST, Cycle.State.OVERDUE)
                        .contains(cycle.state())) {
            return;
        }
        Optional<Cycle.Next> next = cycle.next().filter(one -> at.isBefore(one.cutOff()));
        if (next.isPresent()) {
            Cycle.Next one = next.get();
            stepBuilder.cycle = Optional.of(new Cycle(
                    Cycle.State.RECEIVED,
                    cycle.lastClientMail(),
                    Optional.of(one.cutOff()),
                    Optional.of(one.replyBy()),
                    one.told(),
                    one.words(),
                    Optional.empty(),
                    Optional.empty()));
        } else if (cycle.cutOff().filter(at::isBefore).isPresent()) {
            stepBuilder.cycle = Optional.of(change(cycle, Cycle.State.REPLIED, cycle.lastClientMail()));
        } else {
            stepBuilder.cycle = terms(stepBuilder, at)
                    .map(terms -> waiting(stepBuilder, Cycle.State.REPLIED, cycle.lastClientMail(), terms, at));
        }
    }

    /** @return whether a new date could be set: it lies ahead, and an answer is due */
    static boolean newDate(StepBuilder stepBuilder, Instant due, Instant at) {
        Cycle cycle = stepBuilder.cycle.orElse(null);
        if (cycle == null
                || !due.isAfter(at)
                || (cycle.state() != Cycle.State.OVERDUE && cycle.state() != Cycle.State.AWAITING_THERAPIST)) {
            return false;
        }
        stepBuilder.cycle = Optional.of(new Cycle(
                cycle.state(),
                cycle.lastClientMail(),
                cycle.cutOff(),
                cycle.replyBy(),
                cycle.told(),
                cycle.words(),
                Optional.of(due),
                cycle.next()));
        return true;
    }

    static Cycle change(Cycle cycle, Cycle.State state, Optional<Instant> lastMail) {
        return new Cycle(
                state,
                lastMail,
                cycle.cutOff(),
                cycle.replyBy(),
                cycle.told(),
                cycle.words(),
                cycle.newDate(),
                cycle.next());
    }

    static Cycle told(Cycle cycle, int what) {
        return new Cycle(
                cycle.state(),
                cycle.lastClientMail(),
                cycle.cutOff(),
                cycle.replyBy(),
                cycle.told() | what,
                cycle.words(),
                cycle.newDate(),
                cycle.next());
    }

    static Cycle toldOfNext(Cycle cycle, int what) {
        Cycle.Next next = cycle.next().orElseThrow();
        return next(cycle, new Cycle.Next(next.cutOff(), next.replyBy(), next.told() | what, next.words()));
    }

    private static Cycle next(Cycle cycle, Cycle.Next next) {
        return new Cycle(
                cycle.state(),
                cycle.lastClientMail(),
                cycle.cutOff(),
                cycle.replyBy(),
                cycle.told(),
                cycle.words(),
                cycle.newDate(),
                Optional.of(next));
    }
}
