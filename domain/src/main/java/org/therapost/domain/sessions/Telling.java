package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Limits the notices to a client: one for each closed period and thread, one more if the next open changes,
 * and an hour between any two.
 */
final class Telling {

    private static final Duration APART = Duration.ofHours(1);

    /** In a thread without windows the closed period does not end; there the hint may be repeated after a week. */
    private static final Duration WEEK = Duration.ofDays(7);

    private Telling() {}

    static List<Rule> rules() {
        return List.of(new NextOpenMoved(), new Owed());
    }

    static boolean toldInThisPeriod(Draft draft) {
        return draft.notices.sentAt().filter(sent -> inThisPeriod(draft, sent)).isPresent();
    }

    static boolean toldJustNow(Draft draft, Instant at) {
        return justBefore(draft.notices.sentAt(), at) || justBefore(draft.notices.hintedAt(), at);
    }

    private static boolean justBefore(Optional<Instant> told, Instant at) {
        return told.filter(before -> before.plus(APART).isAfter(at)).isPresent();
    }

    private static boolean inThisPeriod(Draft draft, Instant told) {
        return draft.notices.period().filter(told::isBefore).isEmpty();
    }

    /** Whether a client whose mail came outside every window may be told so. */
    static boolean mayTell(Draft draft, Instant at) {
        return !toldJustNow(draft, at)
                && (!toldInThisPeriod(draft) || !draft.notices.nextOpen().equals(draft.nextOpen()));
    }

    /**
     * Sends the notice about mail outside every window if the limit allows it; otherwise later, if only the
     * hour forbids it.
     */
    static void outside(Draft draft, ClientNotice notice, ClientMail mail, Instant at) {
        if (mail.automatic()) {
            return;
        }
        if (mayTell(draft, at)) {
            closedPeriod(draft, notice, mail.messageId(), at);
        } else if (!toldInThisPeriod(draft) && draft.notices.owed().isEmpty()) {
            draft.notices = draft.notices.owing(Optional.of(at));
        }
    }

    static void closedPeriod(Draft draft, ClientNotice notice, Optional<String> about, Instant at) {
        draft.todo(new Effect.TellClient(notice, about));
        draft.notices = draft.notices.told(at, draft.nextOpen());
    }

    /** The neutral hint that somebody wrote from another mailbox. */
    static void hint(Draft draft, Instant at) {
        Optional<Instant> before = draft.notices.hintedAt();
        boolean endless = draft.notices.period().isEmpty() && draft.next().isEmpty();
        boolean again = before.isEmpty()
                || (endless ? !before.get().plus(WEEK).isAfter(at) : !inThisPeriod(draft, before.get()));
        if (again && !toldJustNow(draft, at)) {
            draft.tell(new ClientNotice.OtherMailbox(at));
            draft.notices = draft.notices.hinted(at);
        }
    }

    /** One note a week to the therapist that the client's provider does not prove her mail. */
    static void notProved(Draft draft, Instant at) {
        Optional<Instant> before = draft.notices.unprovedAt();
        if (before.isEmpty() || !before.get().plus(WEEK).isAfter(at)) {
            draft.tell(new TherapistNote.NotProved());
            draft.notices = draft.notices.unproved(at);
        }
    }

    /** Mail is held, and the client was told of another release time. */
    private static final class NextOpenMoved implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            if (!toldInThisPeriod(draft)
                    || draft.next().isEmpty()
                    || promised(draft).equals(passedOn(draft, draft.nextOpen()))) {
                return Optional.empty();
            }
            return anHourLater(draft);
        }

        private static Optional<Instant> promised(Draft draft) {
            return passedOn(draft, draft.notices.nextOpen());
        }

        private static Optional<Instant> passedOn(Draft draft, Optional<Instant> open) {
            return draft.waiting().stream().findFirst().map(oldest -> open.map(oldest::passedOn)
                    .orElse(oldest.until()));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            closedPeriod(draft, new ClientNotice.Moved(passedOn(draft, draft.nextOpen())), Optional.empty(), at);
        }
    }

    /** When the next notice may go out after the last; empty if there was none. */
    static Optional<Instant> anHourLater(Draft draft) {
        return Stream.concat(draft.notices.sentAt().stream(), draft.notices.hintedAt().stream())
                .max(Comparator.naturalOrder())
                .map(last -> last.plus(APART));
    }

    /** Mail came within an hour of another notice, so its notice had to wait. */
    private static final class Owed implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return draft.notices.owed().isEmpty() || draft.isOpen() ? Optional.empty() : anHourLater(draft);
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Instant arrived = draft.notices.owed().orElseThrow();
            draft.notices = draft.notices.owing(Optional.empty());
            draft.held.stream()
                    .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE
                            && mail.acceptedAt().equals(arrived))
                    .findFirst()
                    .map(mail -> notice(draft, mail))
                    .or(() -> delivered(draft, arrived, at))
                    .ifPresent(notice -> closedPeriod(draft, notice, Optional.empty(), at));
        }

        private static Optional<ClientNotice> delivered(Draft draft, Instant arrived, Instant at) {
            return draft.termsAt(at).policy() == Policy.DELIVER
                    ? draft.next().map(next -> new ClientNotice.Delivered(arrived, next(draft)))
                    : Optional.empty();
        }

        private static ClientNotice notice(Draft draft, HeldMail mail) {
            return new ClientNotice.Held(
                    mail.acceptedAt(), draft.nextOpen().map(mail::passedOn).orElse(mail.until()));
        }
    }

    /** The next agreed time, as a client is told of it whose mail was delivered before. */
    static Optional<ClientNotice.Delivered.Next> next(Draft draft) {
        return draft.next().map(window -> new ClientNotice.Delivered.Next(window.kind(), window.span()));
    }
}
