package org.therapost.domain.sessions.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/** Held mail: its release in the order of acceptance, also if no window opens in time. */
final class HeldMailRelease {

    private static final Comparator<HeldMail> BY_ACCEPTANCE = Comparator.comparing(HeldMail::acceptedAt);

    private HeldMailRelease() {}

    static List<TimedRule> rules() {
        return List.of(new NewPolicy(), new ShorterHold(), new NothingLater(), new TimeIsUp());
    }

    /**
     * Releases all held mail.
     *
     * @return how many
     */
    static int release(StepBuilder stepBuilder, DeliveryMark mark) {
        List<HeldMail> waiting = stepBuilder.waiting();
        release(stepBuilder, waiting, mark);
        return waiting.size();
    }

    static void release(StepBuilder stepBuilder, List<HeldMail> which, DeliveryMark mark) {
        which.forEach(mail -> stepBuilder.todo(new Effect.Release(mail.message(), mark)));
        stepBuilder.holdNoLonger(which);
    }

    private static void releaseOutOfTurn(StepBuilder stepBuilder, TherapistNote.Why why) {
        stepBuilder.tell(new TherapistNote.Released(release(stepBuilder, DeliveryMark.OUT_OF_TURN), why));
    }

    /** The new terms do not hold mail any more. */
    private static final class NewPolicy implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            Terms terms = step.termsAt(step.now());
            return step.waiting().isEmpty() || terms.policy() == OutsideMailPolicy.HOLD
                    ? Optional.empty()
                    : Optional.of(terms.since());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            releaseOutOfTurn(stepBuilder, TherapistNote.Why.COMMAND);
        }
    }

    /** Terms in force hold mail for a shorter time than those under which it came; a longer time promises nobody anything. */
    private static final class ShorterHold implements TimedRule {
        @Override
        public Optional<Instant> due(StepView step) {
            Terms terms = step.termsAt(step.now());
            return step.waiting().stream().anyMatch(mail -> isShorter(terms, mail))
                    ? Optional.of(terms.since())
                    : Optional.empty();
        }

        private static boolean isShorter(Terms terms, HeldMail mail) {
            return mail.acceptedAt().plus(terms.maxHold()).isBefore(mail.until());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Terms terms = stepBuilder.termsAt(stepBuilder.now());
            stepBuilder.changeHeld(mail -> mail.fate() == HeldMail.Fate.RELEASE && isShorter(terms, mail)
                    ? mail.until(mail.acceptedAt().plus(terms.maxHold()))
                    : mail);
        }
    }

    /** A thread without a future window never holds. */
    private static final class NothingLater implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.waiting().isEmpty() || step.next().isPresent() ? Optional.empty() : Optional.of(step.clock());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            releaseOutOfTurn(stepBuilder, TherapistNote.Why.NO_FUTURE_WINDOW);
            if (ClosedPeriodNotices.toldInThisPeriod(stepBuilder)
                    && !ClosedPeriodNotices.toldJustNow(stepBuilder, at)) {
                ClosedPeriodNotices.closedPeriod(
                        stepBuilder, new ClientLetter.Moved(Optional.empty()), Optional.empty(), at);
            }
        }
    }

    /**
     * The longest time for which a message is held is over; or a returned message is to be erased, or to be
     * released because no notice could tell of it.
     */
    private static final class TimeIsUp implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.held().stream().map(HeldMail::until).min(Comparator.naturalOrder());
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            List<HeldMail> up = stepBuilder.held().stream()
                    .filter(mail -> !mail.until().isAfter(at))
                    .toList();
            up.stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.ERASE)
                    .forEach(mail -> stepBuilder.todo(new Effect.Erase(mail.message())));
            List<HeldMail> late = up.stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                    .sorted(BY_ACCEPTANCE)
                    .toList();
            if (!late.isEmpty()) {
                release(stepBuilder, late, DeliveryMark.OUT_OF_TURN);
                stepBuilder.tell(new TherapistNote.Released(late.size(), TherapistNote.Why.MAX_HOLD));
            }
            ReturnedMail.deliver(
                    stepBuilder, up.stream().filter(HeldMail::returned).toList());
            stepBuilder.holdNoLonger(up);
        }
    }
}
