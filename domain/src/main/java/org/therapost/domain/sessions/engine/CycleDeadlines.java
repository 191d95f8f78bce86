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
                new Reminder(DAY, CycleProgress.DAY_BEFORE),
                new Reminder(HOURS, CycleProgress.HOURS_BEFORE),
                new Overdue(),
                new Delayed(),
                new Dormant());
    }

    private static Optional<Cycle> in(StepBuilder stepBuilder, Cycle.State... states) {
        return stepBuilder.cycle.filter(cycle -> List.of(states).contains(cycle.state()));
    }

    /** The terms begin or cease to have a cycle. */
    private static final class Agreed implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            Terms terms = stepBuilder.termsAt(stepBuilder.now);
            return terms.cycle().isPresent() == stepBuilder.cycle.isPresent()
                    ? Optional.empty()
                    : Optional.of(terms.since());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Terms agreed = stepBuilder.termsAt(stepBuilder.now);
            stepBuilder.cycle = agreed.cycle()
                    .map(terms -> CycleProgress.waiting(
                            stepBuilder, Cycle.State.AWAITING_CLIENT, Optional.empty(), terms, at));
        }
    }

    private static final class CutOff implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.AWAITING_CLIENT, Cycle.State.REPLIED, Cycle.State.RECEIVED)
                    .flatMap(Cycle::cutOff);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            boolean wrote = (cycle.told() & CycleProgress.LETTER) != 0;
            if (cycle.state() == Cycle.State.RECEIVED) {
                stepBuilder.cycle = Optional.of(
                        CycleProgress.change(cycle, Cycle.State.AWAITING_THERAPIST, cycle.lastClientMail()));
            } else if (wrote) {
                // The cycle was answered before its cut-off, so the next cycle begins.
                stepBuilder.cycle = CycleProgress.terms(stepBuilder, at)
                        .map(terms -> CycleProgress.waiting(
                                stepBuilder, Cycle.State.REPLIED, cycle.lastClientMail(), terms, at));
            } else {
                stepBuilder.cycle =
                        Optional.of(CycleProgress.change(cycle, Cycle.State.CLIENT_SILENT, cycle.lastClientMail()));
            }
        }
    }

    /** A message came within an hour of another notice, so its receipt had to wait. */
    private static final class ReceiptOwed implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return owed(stepBuilder).isPresent() || owedOfNext(stepBuilder).isPresent()
                    ? ClosedPeriodNotices.anHourLater(stepBuilder)
                    : Optional.empty();
        }

        private static Optional<Cycle> owed(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> isOwed(cycle.told()));
        }

        private static Optional<Cycle> owedOfNext(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.AWAITING_THERAPIST, Cycle.State.OVERDUE)
                    .filter(cycle ->
                            cycle.next().filter(next -> isOwed(next.told())).isPresent());
        }

        private static boolean isOwed(int told) {
            return (told & CycleProgress.LETTER) != 0 && (told & CycleProgress.RECEIPT) == 0;
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            // The receipt is for the message that the client wrote last.
            boolean ofNext = owedOfNext(stepBuilder).isPresent();
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            Instant due = ofNext
                    ? cycle.next().orElseThrow().replyBy()
                    : cycle.replyBy().orElseThrow();
            ClientLetter receipt =
                    new ClientLetter.Receipt(cycle.lastClientMail().orElse(at), due, ofNext);
            ClosedPeriodNotices.closedPeriod(stepBuilder, receipt, Optional.empty(), at);
            Cycle told = CycleProgress.told(cycle, CycleProgress.RECEIPT);
            stepBuilder.cycle = Optional.of(ofNext ? CycleProgress.toldOfNext(told, CycleProgress.RECEIPT) : told);
        }
    }

    private record Reminder(Duration before, int bit) implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.RECEIVED, Cycle.State.AWAITING_THERAPIST)
                    .filter(cycle -> (cycle.told() & bit) == 0)
                    .flatMap(Cycle::replyBy)
                    .map(replyBy -> replyBy.minus(before));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            stepBuilder.tell(new TherapistNote.ReplyDue(cycle.replyBy().orElseThrow(), before));
            stepBuilder.cycle = Optional.of(CycleProgress.told(cycle, bit));
        }
    }

    private static final class Overdue implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.AWAITING_THERAPIST).flatMap(Cycle::replyBy);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            stepBuilder.cycle = Optional.of(CycleProgress.change(cycle, Cycle.State.OVERDUE, cycle.lastClientMail()));
            stepBuilder.tell(new TherapistNote.Overdue(cycle.replyBy().orElseThrow()));
        }
    }

    private static final class Delayed implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return in(stepBuilder, Cycle.State.OVERDUE)
                    .filter(cycle -> (cycle.told() & CycleProgress.DELAYED) == 0)
                    .flatMap(cycle -> cycle.newDate().flatMap(date -> cycle.replyBy()
                            .map(replyBy -> replyBy.plus(DAY))
                            .filter(date::isAfter)));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            stepBuilder.cycle = Optional.of(CycleProgress.told(cycle, CycleProgress.DELAYED));
            stepBuilder.tell(new ClientLetter.Delayed(cycle.newDate().orElseThrow()));
        }
    }

    private static final class Dormant implements TimedRule {

        @Override
        public Optional<Instant> due(StepBuilder stepBuilder) {
            return stepBuilder
                    .cycle
                    .filter(cycle -> WITH_CLIENT.contains(cycle.state()))
                    .map(cycle -> last(stepBuilder, cycle).plus(SILENCE));
        }

        private static Instant last(StepBuilder stepBuilder, Cycle cycle) {
            return cycle.lastClientMail()
                    .orElse(stepBuilder.termsAt(stepBuilder.now).since());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Cycle cycle = stepBuilder.cycle.orElseThrow();
            stepBuilder.cycle = Optional.of(CycleProgress.change(cycle, Cycle.State.DORMANT, cycle.lastClientMail()));
            stepBuilder.tell(new TherapistNote.Dormant(last(stepBuilder, cycle)));
        }
    }
}
