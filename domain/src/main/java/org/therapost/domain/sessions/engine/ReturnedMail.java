package org.therapost.domain.sessions.engine;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/**
 * Returned mail. A notice names all returned mail since the notice before, one notice an hour at most. A
 * message is erased a day after the client's server accepted that notice. A message that no notice could
 * name within three days is released instead.
 */
final class ReturnedMail {

    private ReturnedMail() {}

    static List<TimedRule> rules() {
        return List.of(new Arrivals(), new Uncovered());
    }

    /** Returns a mail. */
    static HeldMail take(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        HeldMail.Fate fate = mail.automatic() ? HeldMail.Fate.RETURN_SILENTLY : HeldMail.Fate.RETURN;
        HeldMail held = new HeldMail(mail.id(), at, fate, at.plus(HeldMail.WITHOUT_NOTICE));
        stepBuilder.hold(held);
        if (!mail.automatic()
                && stepBuilder.surroundings().reachable()
                && !ClosedPeriodNotices.toldJustNow(stepBuilder, at)) {
            cover(stepBuilder, mail.messageId(), at);
        }
        return held;
    }

    /** Sends one notice for all returned mail that no other notice names. */
    private static void cover(StepBuilder stepBuilder, Optional<String> about, Instant at) {
        NoticeId name = NoticeId.of(stepBuilder.thread(), at);
        List<Instant> arrived = stepBuilder.held().stream()
                .filter(ReturnedMail::isUncovered)
                .map(HeldMail::acceptedAt)
                .sorted()
                .toList();
        stepBuilder.changeHeld(mail -> isUncovered(mail) ? mail.coveredBy(Optional.of(name)) : mail);
        stepBuilder.todo(new Effect.TellClient(
                new ClientLetter.Returned(arrived, stepBuilder.nextOpen()), about, Optional.of(name)));
        stepBuilder.note(log -> log.told(at, stepBuilder.nextOpen()));
    }

    private static boolean isUncovered(HeldMail mail) {
        return mail.returned() && mail.notice().isEmpty();
    }

    /** The client's server took a notice. */
    static void taken(StepBuilder stepBuilder, NoticeId notice, Instant at) {
        stepBuilder.changeHeld(
                mail -> mail.returned() && mail.notice().equals(Optional.of(notice)) ? mail.erasedAfter(at) : mail);
    }

    /** The client's server took a notice. The step that was to hear of it then may have failed: it counts all the same. */
    private static final class Arrivals implements TimedRule {
        @Override
        public Optional<Instant> due(StepView step) {
            return unheard(step).map(Timetable.Arrived::at).min(Comparator.naturalOrder());
        }

        private static Stream<Timetable.Arrived> unheard(StepView step) {
            return step.surroundings().arrived().stream().filter(arrived -> step.held().stream()
                    .anyMatch(mail -> mail.returned() && mail.notice().equals(Optional.of(arrived.letter()))));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            unheard(stepBuilder)
                    .filter(arrived -> !arrived.at().isAfter(at))
                    .toList()
                    .forEach(arrived -> taken(stepBuilder, arrived.letter(), arrived.at()));
        }
    }

    /**
     * Releases returned mail of which the client could not be told in time. A queued notice that says
     * otherwise is withdrawn.
     */
    static void deliver(StepBuilder stepBuilder, List<HeldMail> late) {
        if (late.isEmpty()) {
            return;
        }
        HeldMailRelease.release(stepBuilder, late, DeliveryMark.OUT_OF_TURN);
        stepBuilder.tell(new TherapistNote.Released(late.size(), TherapistNote.Why.NOT_TOLD));
        Set<NoticeId> untrue =
                late.stream().flatMap(mail -> mail.notice().stream()).collect(Collectors.toCollection(HashSet::new));
        untrue.forEach(notice -> stepBuilder.todo(new Effect.WithdrawNotice(notice)));
        stepBuilder.changeHeld(mail ->
                mail.returned() && mail.notice().filter(untrue::contains).isPresent()
                        ? mail.coveredBy(Optional.empty())
                        : mail);
    }

    /** A person's mail was not passed on, and the notice had to wait: for an hour since the last, or for a way to the client. */
    private static final class Uncovered implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            boolean any =
                    step.held().stream().anyMatch(mail -> isUncovered(mail) && mail.fate() == HeldMail.Fate.RETURN);
            return any && step.surroundings().reachable()
                    ? Optional.of(ClosedPeriodNotices.anHourLater(step).orElseGet(step::clock))
                    : Optional.empty();
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            cover(stepBuilder, Optional.empty(), at);
        }
    }
}
