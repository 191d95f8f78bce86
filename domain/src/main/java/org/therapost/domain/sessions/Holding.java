package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.DeliveryMark;

/** Held mail: its release in the order of acceptance, also if no window opens in time. */
final class Holding {

    private static final Comparator<HeldMail> BY_ACCEPTANCE = Comparator.comparing(HeldMail::acceptedAt);

    private Holding() {}

    static List<Rule> rules() {
        return List.of(new NewPolicy(), new ShorterHold(), new NothingLater(), new TimeIsUp());
    }

    /**
     * Releases all held mail.
     *
     * @return how many
     */
    static int release(Draft draft, DeliveryMark mark) {
        List<HeldMail> waiting = draft.waiting();
        release(draft, waiting, mark);
        return waiting.size();
    }

    static void release(Draft draft, List<HeldMail> which, DeliveryMark mark) {
        which.forEach(mail -> draft.todo(new Effect.Release(mail.message(), mark)));
        draft.held.removeAll(which);
    }

    private static void releaseOutOfTurn(Draft draft, TherapistNote.Why why) {
        draft.tell(new TherapistNote.Released(release(draft, DeliveryMark.OUT_OF_TURN), why));
    }

    /** The new terms do not hold mail any more. */
    private static final class NewPolicy implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            Terms terms = draft.termsAt(draft.now);
            return draft.waiting().isEmpty() || terms.policy() == Policy.HOLD
                    ? Optional.empty()
                    : Optional.of(terms.since());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            releaseOutOfTurn(draft, TherapistNote.Why.COMMAND);
        }
    }

    /** Terms in force hold mail for a shorter time than those under which it came; a longer time promises nobody anything. */
    private static final class ShorterHold implements Rule {
        @Override
        public Optional<Instant> due(Draft draft) {
            Terms terms = draft.termsAt(draft.now);
            return draft.waiting().stream().anyMatch(mail -> isShorter(terms, mail))
                    ? Optional.of(terms.since())
                    : Optional.empty();
        }

        private static boolean isShorter(Terms terms, HeldMail mail) {
            return mail.acceptedAt().plus(terms.maxHold()).isBefore(mail.until());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Terms terms = draft.termsAt(draft.now);
            draft.held.replaceAll(mail -> mail.fate() == HeldMail.Fate.RELEASE && isShorter(terms, mail)
                    ? mail.until(mail.acceptedAt().plus(terms.maxHold()))
                    : mail);
        }
    }

    /** A thread without a future window never holds. */
    private static final class NothingLater implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.waiting().isEmpty() || draft.next().isPresent()
                    ? Optional.empty()
                    : Optional.of(draft.clock());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            releaseOutOfTurn(draft, TherapistNote.Why.NO_FUTURE_WINDOW);
            if (Telling.toldInThisPeriod(draft) && !Telling.toldJustNow(draft, at)) {
                Telling.closedPeriod(draft, new ClientNotice.Moved(Optional.empty()), Optional.empty(), at);
            }
        }
    }

    /**
     * The longest time for which a message is held is over; or a returned message is to be erased, or to be
     * released because no notice could tell of it.
     */
    private static final class TimeIsUp implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.held.stream().map(HeldMail::until).min(Comparator.naturalOrder());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            List<HeldMail> up = draft.held.stream()
                    .filter(mail -> !mail.until().isAfter(at))
                    .toList();
            up.stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.ERASE)
                    .forEach(mail -> draft.todo(new Effect.Erase(mail.message())));
            List<HeldMail> late = up.stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                    .sorted(BY_ACCEPTANCE)
                    .toList();
            if (!late.isEmpty()) {
                release(draft, late, DeliveryMark.OUT_OF_TURN);
                draft.tell(new TherapistNote.Released(late.size(), TherapistNote.Why.MAX_HOLD));
            }
            Returning.deliver(draft, up.stream().filter(HeldMail::returned).toList());
            draft.held.removeAll(up);
        }
    }
}
