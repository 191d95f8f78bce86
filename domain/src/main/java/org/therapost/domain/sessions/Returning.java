package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.therapost.domain.conversation.DeliveryMark;
import java.util.stream.Stream;

/**
 * Returned mail. A notice names all returned mail since the notice before, one notice an hour at most. A
 * message is erased a day after the client's server accepted that notice. A message that no notice could
 * name within three days is released instead.
 */
final class Returning {

    private Returning() {}

    static List<Rule> rules() {
        return List.of(new Arrivals(), new Uncovered());
    }

    /** Returns a mail. */
    static HeldMail take(Draft draft, ClientMail mail, Instant at) {
        HeldMail.Fate fate = mail.automatic() ? HeldMail.Fate.RETURN_SILENTLY : HeldMail.Fate.RETURN;
        HeldMail held = new HeldMail(mail.id(), at, fate, at.plus(HeldMail.WITHOUT_NOTICE));
        draft.held.add(held);
        if (!mail.automatic() && draft.surroundings.reachable() && !Telling.toldJustNow(draft, at)) {
            cover(draft, mail.messageId(), at);
        }
        return held;
    }

    /** Sends one notice for all returned mail that no other notice names. */
    private static void cover(Draft draft, Optional<String> about, Instant at) {
        NoticeId name = NoticeId.of(draft.thread, at);
        List<Instant> arrived = draft.held.stream()
                .filter(Returning::isUncovered)
                .map(HeldMail::acceptedAt)
                .sorted()
                .toList();
        draft.held.replaceAll(mail -> isUncovered(mail) ? mail.coveredBy(Optional.of(name)) : mail);
        draft.todo(
                new Effect.TellClient(new ClientNotice.Returned(arrived, draft.nextOpen()), about, Optional.of(name)));
        draft.notices = draft.notices.told(at, draft.nextOpen());
    }

    private static boolean isUncovered(HeldMail mail) {
        return mail.returned() && mail.notice().isEmpty();
    }

    /** The client's server took a notice. */
    static void taken(Draft draft, NoticeId notice, Instant at) {
        draft.held.replaceAll(
                mail -> mail.returned() && mail.notice().equals(Optional.of(notice)) ? mail.erasedAfter(at) : mail);
    }

    /** The client's server took a notice. The step that was to hear of it then may have failed: it counts all the same. */
    private static final class Arrivals implements Rule {
        @Override
        public Optional<Instant> due(Draft draft) {
            return unheard(draft).map(Timetable.Arrived::at).min(Comparator.naturalOrder());
        }

        private static Stream<Timetable.Arrived> unheard(Draft draft) {
            return draft.surroundings.arrived().stream().filter(arrived -> draft.held.stream()
                    .anyMatch(mail -> mail.returned() && mail.notice().equals(Optional.of(arrived.letter()))));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            unheard(draft)
                    .filter(arrived -> !arrived.at().isAfter(at))
                    .toList()
                    .forEach(arrived -> taken(draft, arrived.letter(), arrived.at()));
        }
    }

    /**
     * Releases returned mail of which the client could not be told in time. A queued notice that says
     * otherwise is withdrawn.
     */
    static void deliver(Draft draft, List<HeldMail> late) {
        if (late.isEmpty()) {
            return;
        }
        Holding.release(draft, late, DeliveryMark.OUT_OF_TURN);
        draft.tell(new TherapistNote.Released(late.size(), TherapistNote.Why.NOT_TOLD));
        Set<NoticeId> untrue =
                late.stream().flatMap(mail -> mail.notice().stream()).collect(Collectors.toCollection(HashSet::new));
        untrue.forEach(notice -> draft.todo(new Effect.WithdrawNotice(notice)));
        draft.held.replaceAll(mail ->
                mail.returned() && mail.notice().filter(untrue::contains).isPresent()
                        ? mail.coveredBy(Optional.empty())
                        : mail);
    }

    /** A person's mail was not passed on, and the notice had to wait: for an hour since the last, or for a way to the client. */
    private static final class Uncovered implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            boolean any =
                    draft.held.stream().anyMatch(mail -> isUncovered(mail) && mail.fate() == HeldMail.Fate.RETURN);
            return any && draft.surroundings.reachable()
                    ? Optional.of(Telling.anHourLater(draft).orElseGet(draft::clock))
                    : Optional.empty();
        }

        @Override
        public void happen(Draft draft, Instant at) {
            cover(draft, Optional.empty(), at);
        }
    }
}
