package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/**
 * Limits the notices to a client: one for each closed period and thread, one more if the next open changes,
 * and an hour between any two.
 */
final class ClosedPeriodNotices {

    private static final Duration APART = Duration.ofHours(1);

    /** In a thread without windows the closed period does not end; there the hint may be repeated after a week. */
    private static final Duration WEEK = Duration.ofDays(7);

    private ClosedPeriodNotices() {}

    static List<TimedRule> rules() {
        return List.of(new NextOpenMoved(), new Owed());
    }

    static boolean toldInThisPeriod(StepView step) {
        return step.notices().sentAt().filter(sent -> inThisPeriod(step, sent)).isPresent();
    }

    static boolean toldJustNow(StepView step, Instant at) {
        return justBefore(step.notices().sentAt(), at)
                || justBefore(step.notices().hintedAt(), at);
    }

    private static boolean justBefore(Optional<Instant> told, Instant at) {
        return told.filter(before -> before.plus(APART).isAfter(at)).isPresent();
    }

    private static boolean inThisPeriod(StepView step, Instant told) {
        return step.notices().period().filter(told::isBefore).isEmpty();
    }

    /** Whether a client whose mail came outside every window may be told so. */
    static boolean mayTell(StepView step, Instant at) {
        return !toldJustNow(step, at)
                && (!toldInThisPeriod(step) || !step.notices().nextOpen().equals(step.nextOpen()));
    }

    /**
     * Sends the notice about mail outside every window if the limit allows it; otherwise later, if only the
     * hour forbids it.
     */
    static void outside(StepBuilder stepBuilder, ClientLetter notice, ClientMail mail, Instant at) {
        if (mail.automatic()) {
            return;
        }
        if (mayTell(stepBuilder, at)) {
            closedPeriod(stepBuilder, notice, mail.messageId(), at);
        } else if (!toldInThisPeriod(stepBuilder)
                && stepBuilder.notices().owed().isEmpty()) {
            stepBuilder.note(log -> log.owing(Optional.of(at)));
        }
    }

    static void closedPeriod(StepBuilder stepBuilder, ClientLetter notice, Optional<String> about, Instant at) {
        stepBuilder.todo(new Effect.TellClient(notice, about));
        stepBuilder.note(log -> log.told(at, stepBuilder.nextOpen()));
    }

    /** The neutral hint that somebody wrote from another mailbox. */
    static void hint(StepBuilder stepBuilder, Instant at) {
        Optional<Instant> before = stepBuilder.notices().hintedAt();
        boolean endless =
                stepBuilder.notices().period().isEmpty() && stepBuilder.next().isEmpty();
        boolean again = before.isEmpty()
                || (endless ? !before.get().plus(WEEK).isAfter(at) : !inThisPeriod(stepBuilder, before.get()));
        if (again && !toldJustNow(stepBuilder, at)) {
            stepBuilder.tell(new ClientLetter.OtherMailbox(at));
            stepBuilder.note(log -> log.hinted(at));
        }
    }

    /** One note a week to the therapist that the client's provider does not prove her mail. */
    static void notProved(StepBuilder stepBuilder, Instant at) {
        Optional<Instant> before = stepBuilder.notices().unprovedAt();
        if (before.isEmpty() || !before.get().plus(WEEK).isAfter(at)) {
            stepBuilder.tell(new TherapistNote.NotProved());
            stepBuilder.note(log -> log.unproved(at));
        }
    }

    /** Mail is held, and the client was told of another release time. */
    private static final class NextOpenMoved implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            if (!toldInThisPeriod(step)
                    || step.next().isEmpty()
                    || promised(step).equals(passedOn(step, step.nextOpen()))) {
                return Optional.empty();
            }
            return anHourLater(step);
        }

        private static Optional<Instant> promised(StepView step) {
            return passedOn(step, step.notices().nextOpen());
        }

        private static Optional<Instant> passedOn(StepView step, Optional<Instant> open) {
            return step.waiting().stream().findFirst().map(oldest -> open.map(oldest::passedOn)
                    .orElse(oldest.until()));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            closedPeriod(
                    stepBuilder,
                    new ClientLetter.Moved(passedOn(stepBuilder, stepBuilder.nextOpen())),
                    Optional.empty(),
                    at);
        }
    }

    /** When the next notice may go out after the last; empty if there was none. */
    static Optional<Instant> anHourLater(StepView step) {
        return Stream.concat(step.notices().sentAt().stream(), step.notices().hintedAt().stream())
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(APART));
    }

    /** Mail came within an hour of another notice, so its notice had to wait. */
    private static final class Owed implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.notices().owed().isEmpty() || step.isOpen() ? Optional.empty() : anHourLater(step);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Instant arrived = stepBuilder.notices().owed().orElseThrow();
            stepBuilder.note(log -> log.owing(Optional.empty()));
            stepBuilder.held().stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE
                            && mail.acceptedAt().equals(arrived))
                    .findFirst()
                    .map(mail -> notice(stepBuilder, mail))
                    .or(() -> delivered(stepBuilder, arrived, at))
                    .ifPresent(notice -> closedPeriod(stepBuilder, notice, Optional.empty(), at));
        }

        private static Optional<ClientLetter> delivered(StepView step, Instant arrived, Instant at) {
            return step.termsAt(at).policy() == OutsideMailPolicy.DELIVER
                    ? step.next().map(next -> new ClientLetter.Delivered(arrived, next(step)))
                    : Optional.empty();
        }

        private static ClientLetter notice(StepView step, HeldMail mail) {
            return new ClientLetter.Held(
                    mail.acceptedAt(), step.nextOpen().map(mail::passedOn).orElse(mail.until()));
        }
    }

    /** The next agreed time, as a client is told of it whose mail was delivered before. */
    static Optional<ClientLetter.Delivered.Next> next(StepView step) {
        return step.next().map(window -> new ClientLetter.Delivered.Next(window.kind(), window.span()));
    }
}
