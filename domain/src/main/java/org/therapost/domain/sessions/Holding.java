package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What is held: its release in order of acceptance, and the ways out if no open comes in time. */
final class Holding {

    private static final Comparator<HeldMail> BY_ACCEPTANCE = Comparator.comparing(HeldMail::acceptedAt);

    private Holding() {}

    static List<Rule> rules() {
        return List.of(new NewPolicy(), new NothingLater(), new TimeIsUp());
    }

    /** What the therapist is told of what is not visible; empty if that is nothing. */
    static Optional<TherapistNote.Holding> note(Draft draft) {
        List<HeldMail> waiting = waiting(draft);
        int returned = draft.held.size() - waiting.size();
        if (draft.held.isEmpty()) {
            return Optional.empty();
        }
        Optional<HeldMail> oldest = waiting.stream().findFirst();
        Optional<Instant> session = draft.nextOpen();
        Optional<Instant> passedOn =
                oldest.map(mail -> session.map(open -> passedOn(mail, open)).orElse(mail.until()));
        return Optional.of(new TherapistNote.Holding(
                waiting.size(),
                oldest.map(HeldMail::acceptedAt),
                passedOn,
                passedOn.isPresent() && passedOn.equals(session),
                returned));
    }

    /** New terms may hold mail for a shorter time; what the client was promised is kept otherwise. */
    static void notLongerThan(Draft draft, Duration maxHold) {
        draft.held.replaceAll(mail -> mail.fate() == HeldMail.Fate.RELEASE
                        && mail.acceptedAt().plus(maxHold).isBefore(mail.until())
                ? mail.until(mail.acceptedAt().plus(maxHold))
                : mail);
    }

    static List<HeldMail> waiting(Draft draft) {
        return draft.held.stream()
                .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                .sorted(BY_ACCEPTANCE)
                .toList();
    }

    /** When held mail is passed on at the latest, given the next open. */
    static Instant passedOn(HeldMail mail, Instant nextOpen) {
        return mail.until().isBefore(nextOpen) ? mail.until() : nextOpen;
    }

    /**
     * Releases all that waits.
     *
     * @return how many
     */
    static int release(Draft draft, Effect.Mark mark) {
        List<HeldMail> waiting = waiting(draft);
        release(draft, waiting, mark);
        return waiting.size();
    }

    static void release(Draft draft, List<HeldMail> which, Effect.Mark mark) {
        which.forEach(mail -> draft.todo(new Effect.Release(mail.message(), mark)));
        draft.held.removeAll(which);
    }

    private static void releaseOutOfTurn(Draft draft, TherapistNote.Why why) {
        draft.tell(new TherapistNote.Released(release(draft, Effect.Mark.OUT_OF_TURN), why));
    }

    /** The contract does not hold mail any more. */
    private static final class NewPolicy implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            Terms terms = draft.termsAt(draft.now);
            return waiting(draft).isEmpty() || terms.policy() == Policy.HOLD
                    ? Optional.empty()
                    : Optional.of(terms.since());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            releaseOutOfTurn(draft, TherapistNote.Why.COMMAND);
        }
    }

    /** A thread without a future window never holds. */
    private static final class NothingLater implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return waiting(draft).isEmpty() || draft.next().isPresent() ? Optional.empty() : Optional.of(draft.clock());
        }

        @Override
        public void happen(Draft draft, Instant at) {
            releaseOutOfTurn(draft, TherapistNote.Why.NO_FUTURE_WINDOW);
            if (Telling.toldInThisPeriod(draft) && !Telling.toldJustNow(draft, at)) {
                Telling.closedPeriod(draft, new ClientNotice.Moved(Optional.empty()), Optional.empty(), at);
            }
        }
    }

    /** Held for as long as was agreed at most; or not passed on, and the client was told, or could not be. */
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
                release(draft, late, Effect.Mark.OUT_OF_TURN);
                draft.tell(new TherapistNote.Released(late.size(), TherapistNote.Why.MAX_HOLD));
            }
            Returning.deliver(draft, up.stream().filter(HeldMail::returned).toList());
            draft.held.removeAll(up);
        }
    }
}
