package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/** What time brings about in the rhythm of letters. */
final class CycleDeadlines {

    private static final Duration DAY = Duration.ofHours(24);
    private static final Duration HOURS = Duration.ofHours(2);
    private static final Duration SILENCE = Duration.ofDays(28);

    private static final Set<Cycle.State> WITH_CLIENT =
            Set.of(Cycle.State.AWAITING_CLIENT, Cycle.State.REPLIED, Cycle.State.CLIENT_SILENT);

    private CycleDeadlines() {}

    static List<TimedRule> rules() {
        return List.of(
                new Agreed(),
                new CutOff(),
                new ReceiptOwed(),
                new Reminder(DAY, Cycle.Milestone.DAY_BEFORE),
                new Reminder(HOURS, Cycle.Milestone.HOURS_BEFORE),
                new Overdue(),
                new Delayed(),
                new Dormant());
    }

    private static Optional<Cycle> in(StepView step, Cycle.State... states) {
        return step.cycle().filter(cycle -> List.of(states).contains(cycle.state()));
    }

    /** The terms begin or cease to have a cycle. */
    private static final class Agreed implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            Terms terms = step.termsAt(step.now());
            return terms.cycle().isPresent() == step.cycle().isPresent()
                    ? Optional.empty()
                    : Optional.of(terms.since());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Terms agreed = stepBuilder.termsAt(stepBuilder.now());
            stepBuilder.cycle(agreed.cycle()
                    .map(terms -> CycleProgress.waiting(
                            stepBuilder, Cycle.State.AWAITING_CLIENT, Optional.empty(), terms, at)));
        }
    }

    private static final class CutOff implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return in(step, Cycle.State.AWAITING_CLIENT, Cycle.State.REPLIED, Cycle.State.RECEIVED)
                    .flatMap(Cycle::cutOff);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            boolean wrote = cycle.progress().has(Cycle.Milestone.LETTER);
            if (cycle.state() == Cycle.State.RECEIVED) {
                stepBuilder.cycle(Optional.of(cycle.in(Cycle.State.AWAITING_THERAPIST)));
            } else if (wrote) {
                // The cycle was answered before its cut-off, so the next cycle begins.
                stepBuilder.cycle(CycleProgress.terms(stepBuilder, at)
                        .map(terms -> CycleProgress.waiting(
                                stepBuilder, Cycle.State.REPLIED, cycle.lastClientMail(), terms, at)));
            } else {
                stepBuilder.cycle(Optional.of(cycle.in(Cycle.State.CLIENT_SILENT)));
            }
        }
    }

    /** A message came within an hour of another notice, so its receipt had to wait. */
    private static final class ReceiptOwed implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return owed(step).isPresent() || owedOfNext(step).isPresent()
                    ? ClosedPeriodNotices.anHourLater(step)
                    : Optional.empty();
        }

        private static Optional<Cycle> owed(StepView step) {
            return in(step, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> isOwed(cycle.progress()));
        }

        private static Optional<Cycle> owedOfNext(StepView step) {
            return in(step, Cycle.State.AWAITING_THERAPIST, Cycle.State.OVERDUE)
                    .filter(cycle ->
                            cycle.next().filter(next -> isOwed(next.progress())).isPresent());
        }

        private static boolean isOwed(Cycle.Progress progress) {
            return progress.has(Cycle.Milestone.LETTER) && !progress.has(Cycle.Milestone.RECEIPT);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            // The receipt is for the message that the client wrote last.
            boolean ofNext = owedOfNext(stepBuilder).isPresent();
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            Instant arrived = cycle.lastClientMail().orElse(at);
            ClientLetter receipt = ofNext
                    ? new ClientLetter.Receipt(
                            arrived, cycle.next().orElseThrow().replyBy(), ClientLetter.Receipt.For.NEXT_CYCLE)
                    : new ClientLetter.Receipt(
                            arrived, cycle.replyBy().orElseThrow(), ClientLetter.Receipt.For.THIS_CYCLE);
            ClosedPeriodNotices.closedPeriod(stepBuilder, receipt, Optional.empty(), at);
            Cycle told = cycle.with(cycle.progress().with(Cycle.Milestone.RECEIPT));
            stepBuilder.cycle(
                    Optional.of(ofNext ? told.with(toldOfNext(cycle.next().orElseThrow())) : told));
        }

        private static Cycle.Next toldOfNext(Cycle.Next next) {
            return next.with(next.progress().with(Cycle.Milestone.RECEIPT));
        }
    }

    private record Reminder(Duration before, Cycle.Milestone milestone) implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return in(step, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> !cycle.progress().has(milestone))
                    .flatMap(Cycle::replyBy)
                    .map(replyBy -> replyBy.minus(before));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            stepBuilder.tell(new TherapistNote.ReplyDue(cycle.replyBy().orElseThrow(), before));
            stepBuilder.cycle(Optional.of(cycle.with(cycle.progress().with(milestone))));
        }
    }

    private static final class Overdue implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return in(step, Cycle.State.AWAITING_THERAPIST).flatMap(Cycle::replyBy);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            stepBuilder.cycle(Optional.of(cycle.in(Cycle.State.OVERDUE)));
            stepBuilder.tell(new TherapistNote.Overdue(cycle.replyBy().orElseThrow()));
        }
    }

    private static final class Delayed implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return in(step, Cycle.State.OVERDUE)
                    .filter(cycle -> !cycle.progress().has(Cycle.Milestone.DELAYED))
                    .flatMap(cycle -> cycle.newDate().flatMap(date -> cycle.replyBy()
                            .map(replyBy -> replyBy.plus(DAY))
                            .filter(date::isAfter)));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            stepBuilder.cycle(Optional.of(cycle.with(cycle.progress().with(Cycle.Milestone.DELAYED))));
            stepBuilder.tell(new ClientLetter.Delayed(cycle.newDate().orElseThrow()));
        }
    }

    private static final class Dormant implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.cycle()
                    .filter(cycle -> WITH_CLIENT.contains(cycle.state()))
                    .map(cycle -> last(step, cycle).plus(SILENCE));
        }

        private static Instant last(StepView step, Cycle cycle) {
            return cycle.lastClientMail().orElse(step.termsAt(step.now()).since());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle().orElseThrow();
            stepBuilder.cycle(Optional.of(cycle.in(Cycle.State.DORMANT)));
            stepBuilder.tell(new TherapistNote.Dormant(last(stepBuilder, cycle)));
        }
    }
}
