package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.DeliveryMark;

/** Decides what becomes of a client's mail, by its acceptance instant alone. */
final class Admission {

    /** A plain "yes" with a friendly sentence is an answer; what is longer is a letter that begins with one. */
    private static final int WORDS_OF_AN_ANSWER = 25;

    /** Calendar programs add the whole event and their terms of use to an answer. */
    private static final int WORDS_OF_A_PROGRAM = 200;

    /** How much a mail about the time may say, and how many of them are let through before the next time comes. */
    private static final int WORDS_ABOUT_TIME = 200;

    private static final int MAILS_ABOUT_TIME = 3;

    /** If no window lies ahead, the closed period does not end. */
    private static final Duration NOTICE_IS_OPEN = Duration.ofDays(30);

    private Admission() {}

    static Reception.Visibility admit(Draft draft, ClientMail mail, Instant at) {
        List<Window> inside = draft.windows(window -> inside(window, at));
        if (!inside.isEmpty()) {
            count(draft, inside, mail);
            return new Reception.Visibility.Visible(DeliveryMark.NONE);
        }
        tellOfDelay(draft, mail, at);
        List<Window> ended = draft.windows(window -> inGrace(draft, window, at));
        if (!ended.isEmpty()) {
            count(draft, ended, mail);
            return new Reception.Visibility.Visible(DeliveryMark.AFTER_THE_END);
        }
        if (isAnswer(mail)) {
            return new Reception.Visibility.Visible(DeliveryMark.NONE);
        }
        return outside(draft, mail, at);
    }

    /**
     * Tells the therapist of mail that arrived late although its {@code Date:} lies in the window. Nothing
     * else changes.
     */
    private static void tellOfDelay(Draft draft, ClientMail mail, Instant at) {
        mail.written()
                .filter(written -> !mail.automatic()
                        && written.isBefore(at)
                        && draft.windows.stream()
                                .anyMatch(window -> window.openedAt().isPresent() && window.contains(written)))
                .ifPresent(written -> draft.tell(new TherapistNote.WrittenInTime(written, at)));
    }

    /** What was accepted before the end is inside, also if it is processed after it. */
    private static boolean inside(Window window, Instant at) {
        return switch (window.state()) {
            case OPEN -> true;
            case GRACE -> window.contains(at);
            case CLOSED -> window.openedAt().isPresent() && window.contains(at);
            case PROPOSED, CONFIRMED, CANCELLED, SUPERSEDED -> false;
        };
    }

    private static boolean inGrace(Draft draft, Window window, Instant at) {
        boolean over = window.state() == WindowState.GRACE
                || (window.state() == WindowState.CLOSED && window.openedAt().isPresent());
        return over
                && !at.isBefore(window.closesAt())
                && at.isBefore(window.closesAt().plus(Passage.grace(draft, window)));
    }

    private static void count(Draft draft, List<Window> windows, ClientMail mail) {
        if (!mail.automatic()) {
            windows.stream()
                    .filter(window -> window.state() != WindowState.CLOSED)
                    .forEach(window -> draft.put(window.with(window.turns().ofClient(mail.words()))));
        }
    }

    private static boolean isAnswer(ClientMail mail) {
        boolean calendar = mail.calendar().stream()
                .anyMatch(message ->
                        message instanceof CalendarMessage.Reply || message instanceof CalendarMessage.Counter);
        return calendar
                ? mail.words() <= WORDS_OF_A_PROGRAM
                : mail.words() <= WORDS_OF_AN_ANSWER && mail.inWords().isPresent();
    }

    private static Reception.Visibility outside(Draft draft, ClientMail mail, Instant at) {
        Terms terms = draft.termsAt(at);
        if (terms.urgentWord()
                .filter(word -> UrgentWord.begins(mail.subject(), word))
                .isPresent()) {
            draft.tell(new TherapistNote.Released(1, TherapistNote.Why.URGENT));
            Telling.outside(draft, new ClientNotice.Delivered(at, Telling.next(draft)), mail, at);
            return new Reception.Visibility.Visible(DeliveryMark.OUT_OF_TURN);
        }
        if (terms.policy() != Policy.DELIVER && isAboutTheTime(draft, mail, at)) {
            draft.notices = draft.notices.aboutTime();
            return new Reception.Visibility.Visible(DeliveryMark.NONE);
        }
        return switch (terms.policy()) {
            case DELIVER -> deliver(draft, mail, at);
            case HOLD -> hold(draft, terms, mail, at);
            case RETURN -> giveBack(draft, mail, at);
        };
    }

    /** A short answer of a person to a letter of ours about a time that is still to come. */
    private static boolean isAboutTheTime(Draft draft, ClientMail mail, Instant at) {
        return !mail.automatic()
                && mail.words() <= WORDS_ABOUT_TIME
                && draft.notices.timeMails() < MAILS_ABOUT_TIME
                && mail.answers()
                        .filter(letter -> isStillOpen(draft, letter, at))
                        .isPresent();
    }

    private static boolean isStillOpen(Draft draft, ClientMail.OurLetter letter, Instant at) {
        if (letter instanceof ClientMail.OurLetter.AboutEvent about) {
            return draft.windows.stream()
                    .anyMatch(window -> window.key().uid().equals(about.uid())
                            && !window.state().ended());
        }
        Instant written = ((ClientMail.OurLetter.Notice) letter).writtenAt();
        boolean ofThisPeriod = draft.notices.period().filter(written::isBefore).isEmpty();
        return ofThisPeriod && !written.isBefore(at.minus(NOTICE_IS_OPEN));
    }

    private static Reception.Visibility deliver(Draft draft, ClientMail mail, Instant at) {
        if (draft.cycle.isPresent()) {
            Exchange.letter(draft, mail, at);
        } else if (draft.nextOpen().isPresent()) {
            Telling.outside(draft, new ClientNotice.Delivered(at, Telling.next(draft)), mail, at);
        }
        return new Reception.Visibility.Visible(DeliveryMark.NONE);
    }

    private static Reception.Visibility hold(Draft draft, Terms terms, ClientMail mail, Instant at) {
        Optional<Instant> open = draft.nextOpen();
        if (open.isEmpty()) {
            return deliver(draft, mail, at);
        }
        HeldMail held = new HeldMail(mail.id(), at, HeldMail.Fate.RELEASE, at.plus(terms.maxHold()));
        draft.held.add(held);
        Telling.outside(draft, new ClientNotice.Held(at, held.passedOn(open.get())), mail, at);
        return new Reception.Visibility.Held(held.fate(), held.until());
    }

    private static Reception.Visibility giveBack(Draft draft, ClientMail mail, Instant at) {
        HeldMail held = Returning.take(draft, mail, at);
        return new Reception.Visibility.Held(held.fate(), held.until());
    }
}
