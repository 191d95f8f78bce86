package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;

/** Cycles: cut-off, receipt, reminders, and the answer that is due. They never limit when a client writes. */
final class CycleProgress {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOURS = Duration.ofHours(2);

    private CycleProgress() {}

    static Optional<Terms.CycleTerms> terms(StepView step, Instant at) {
        return step.termsAt(at).cycle();
    }

    /** The first cut-off after an instant. A message accepted exactly at a cut-off belongs to the next cycle. */
    static Instant cutOff(Terms.CycleTerms terms, ZoneId zone, Instant after) {
        LocalDate day = after.atZone(zone)
                .toLocalDate()
                .with(TemporalAdjusters.nextOrSame(terms.cutOff().day()));
        WallClock clock = WallClock.of(zone);
        Instant cutOff = clock.instant(day.atTime(terms.cutOff().time()));
        return cutOff.isAfter(after)
                ? cutOff
                : clock.instant(day.plusWeeks(1).atTime(terms.cutOff().time()));
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
            StepView step, Cycle.State state, Optional<Instant> lastMail, Terms.CycleTerms terms, Instant at) {
        Instant cutOff = cutOff(terms, step.termsAt(at).zone(), at);
        Cycle.Dates dates = new Cycle.Dates(Optional.of(cutOff), Optional.empty(), Optional.empty());
        return new Cycle(state, lastMail, dates, Cycle.Progress.NONE, Optional.empty());
    }

    /** A client's message that was accepted outside every window. */
    static void letter(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        Optional<Terms.CycleTerms> terms = terms(stepBuilder, at);
        if (terms.isEmpty() || stepBuilder.cycle().isEmpty() || mail.automatic()) {
            return;
        }
        Cycle cycle = stepBuilder.cycle().get();
        Cycle heard = cycle.heardAt(at);
        if (cycle.state() == Cycle.State.AWAITING_THERAPIST || cycle.state() == Cycle.State.OVERDUE) {
            Cycle.Next next = next(stepBuilder, heard, terms.get(), at);
            ClientLetter.Receipt receipt =
                    new ClientLetter.Receipt(at, next.replyBy(), ClientLetter.Receipt.For.NEXT_CYCLE);
            Cycle.Progress told = tell(stepBuilder, terms.get().wordLimit(), mail, receipt, next.progress());
            stepBuilder.cycle(Optional.of(heard.with(next.with(told))));
            return;
        }
        Cycle received = received(stepBuilder, heard, terms.get(), at);
        Instant due = received.replyBy().orElseThrow();
        ClientLetter.Receipt receipt = new ClientLetter.Receipt(at, due, ClientLetter.Receipt.For.THIS_CYCLE);
        stepBuilder.cycle(Optional.of(
                received.with(tell(stepBuilder, terms.get().wordLimit(), mail, receipt, received.progress()))));
    }

    private static Cycle received(StepView step, Cycle cycle, Terms.CycleTerms terms, Instant at) {
        if (cycle.state() == Cycle.State.RECEIVED) {
            return new Cycle(
                    Cycle.State.RECEIVED, cycle.lastClientMail(), cycle.dates(), cycle.progress(), Optional.empty());
        }
        Optional<Instant> running = cycle.cutOff().filter(at::isBefore);
        ZoneId zone = step.termsAt(at).zone();
        Instant cutOff = running.orElseGet(() -> cutOff(terms, zone, at));
        Instant due = cycle.replyBy().filter(any -> running.isPresent()).orElseGet(() -> replyBy(terms, zone, cutOff));
        Cycle.Progress before = running.isPresent() ? cycle.progress() : Cycle.Progress.NONE;
        return new Cycle(
                Cycle.State.RECEIVED,
                cycle.lastClientMail(),
                new Cycle.Dates(cutOff, due),
                before.with(past(due, at)),
                Optional.empty());
    }

    private static Cycle.Next next(StepView step, Cycle cycle, Terms.CycleTerms terms, Instant at) {
        Optional<Cycle.Next> running = cycle.next().filter(next -> at.isBefore(next.cutOff()));
        if (running.isPresent()) {
            return running.get();
        }
        ZoneId zone = step.termsAt(at).zone();
        Instant cutOff = cutOff(terms, zone, at);
        Instant due = replyBy(terms, zone, cutOff);
        return new Cycle.Next(cutOff, due, Cycle.Progress.NONE.with(past(due, at)));
    }

    /** The reminders whose time has passed already. */
    static Set<Cycle.Milestone> past(Instant due, Instant at) {
        Set<Cycle.Milestone> past = EnumSet.noneOf(Cycle.Milestone.class);
        if (due.minus(DAY).isBefore(at)) {
            past.add(Cycle.Milestone.DAY_BEFORE);
        }
        if (due.minus(HOURS).isBefore(at)) {
            past.add(Cycle.Milestone.HOURS_BEFORE);
        }
        return past;
    }

    private static Cycle.Progress tell(
            StepBuilder stepBuilder,
            OptionalInt wordLimit,
            ClientMail mail,
            ClientLetter.Receipt receipt,
            Cycle.Progress before) {
        Cycle.Progress now = before.with(Cycle.Milestone.LETTER).plus(mail.words());
        Instant at = receipt.arrived();
        if (!before.has(Cycle.Milestone.RECEIPT) && !ClosedPeriodNotices.toldJustNow(stepBuilder, at)) {
            ClosedPeriodNotices.closedPeriod(stepBuilder, receipt, mail.messageId(), at);
            now = now.with(Cycle.Milestone.RECEIPT);
        }
        if (wordLimit.isPresent() && now.words() > wordLimit.getAsInt() && !before.has(Cycle.Milestone.MANY_WORDS)) {
            stepBuilder.tell(new TherapistNote.ManyWords(now.words(), wordLimit.getAsInt()));
            now = now.with(Cycle.Milestone.MANY_WORDS);
        }
        return now;
    }

    /** An answer of the therapist answers every cycle whose cut-off has passed, or the one that runs. */
    static void answered(StepBuilder stepBuilder, Instant at) {
        Cycle cycle = stepBuilder.cycle().orElse(null);
        if (cycle == null
                || cycle.replyBy().isEmpty()
                || !List.of(Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST, Cycle.State.OVERDUE)
                        .contains(cycle.state())) {
            return;
        }
        Optional<Cycle.Next> next = cycle.next().filter(one -> at.isBefore(one.cutOff()));
        if (next.isPresent()) {
            Cycle.Next one = next.get();
            stepBuilder.cycle(Optional.of(new Cycle(
                    Cycle.State.RECEIVED,
                    cycle.lastClientMail(),
                    new Cycle.Dates(one.cutOff(), one.replyBy()),
                    one.progress(),
                    Optional.empty())));
        } else if (cycle.cutOff().filter(at::isBefore).isPresent()) {
            stepBuilder.cycle(Optional.of(cycle.in(Cycle.State.REPLIED)));
        } else {
            stepBuilder.cycle(terms(stepBuilder, at)
                    .map(terms -> waiting(stepBuilder, Cycle.State.REPLIED, cycle.lastClientMail(), terms, at)));
        }
    }

    /** @return whether a new date could be set: it lies ahead, and an answer is due */
    static boolean newDate(StepBuilder stepBuilder, Instant due, Instant at) {
        Cycle cycle = stepBuilder.cycle().orElse(null);
        if (cycle == null
                || !due.isAfter(at)
                || (cycle.state() != Cycle.State.OVERDUE && cycle.state() != Cycle.State.AWAITING_THERAPIST)) {
            return false;
        }
        stepBuilder.cycle(Optional.of(cycle.answeredBy(due)));
        return true;
    }
}
