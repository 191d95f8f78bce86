package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.UrgentWord;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;

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

    static AdmissionResult.Visibility admit(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        List<Window> inside = stepBuilder.windows(window -> inside(window, at));
        if (!inside.isEmpty()) {
            count(stepBuilder, inside, mail);
            return new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);
        }
        tellOfDelay(stepBuilder, mail, at);
        List<Window> ended = stepBuilder.windows(window -> inGrace(stepBuilder, window, at));
        if (!ended.isEmpty()) {
            count(stepBuilder, ended, mail);
            return new AdmissionResult.Visibility.Visible(DeliveryMark.AFTER_THE_END);
        }
        if (isAnswer(mail)) {
            return new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);
        }
        return outside(stepBuilder, mail, at);
    }

    /**
     * Tells the therapist of mail that arrived late although its {@code Date:} lies in the window. Nothing
     * else changes.
     */
    private static void tellOfDelay(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        mail.written()
                .filter(written -> !mail.automatic()
                        && written.isBefore(at)
                        && stepBuilder.windows().stream()
                                .anyMatch(window -> window.openedAt().isPresent() && window.contains(written)))
                .ifPresent(written -> stepBuilder.tell(new TherapistNote.WrittenInTime(written, at)));
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

    private static boolean inGrace(StepView step, Window window, Instant at) {
        boolean over = window.state() == WindowState.GRACE
                || (window.state() == WindowState.CLOSED && window.openedAt().isPresent());
        return over
                && !at.isBefore(window.closesAt())
                && at.isBefore(window.closesAt().plus(WindowLifecycle.grace(step, window)));
    }

    private static void count(StepBuilder stepBuilder, List<Window> windows, ClientMail mail) {
        if (!mail.automatic()) {
            windows.stream()
                    .filter(window -> window.state() != WindowState.CLOSED)
                    .forEach(
                            window -> stepBuilder.put(window.with(window.turns().ofClient(mail.words()))));
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

    private static AdmissionResult.Visibility outside(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        Terms terms = stepBuilder.termsAt(at);
        if (terms.urgentWord()
                .filter(word -> UrgentWord.begins(mail.subject(), word))
                .isPresent()) {
            stepBuilder.tell(new TherapistNote.Released(1, TherapistNote.Why.URGENT));
            ClosedPeriodNotices.outside(
                    stepBuilder, new ClientLetter.Delivered(at, ClosedPeriodNotices.next(stepBuilder)), mail, at);
            return new AdmissionResult.Visibility.Visible(DeliveryMark.OUT_OF_TURN);
        }
        if (terms.policy() != OutsideMailPolicy.DELIVER && isAboutTheTime(stepBuilder, mail, at)) {
            stepBuilder.note(Timetable.NoticeLog::aboutTime);
            return new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);
        }
        return switch (terms.policy()) {
            case DELIVER -> deliver(stepBuilder, mail, at);
            case HOLD -> hold(stepBuilder, terms, mail, at);
            case RETURN -> giveBack(stepBuilder, mail, at);
        };
    }

    /** A short answer of a person to a letter of ours about a time that is still to come. */
    private static boolean isAboutTheTime(StepView step, ClientMail mail, Instant at) {
        return !mail.automatic()
                && mail.words() <= WORDS_ABOUT_TIME
                && step.notices().timeMails() < MAILS_ABOUT_TIME
                && mail.answers()
                        .filter(letter -> isStillOpen(step, letter, at))
                        .isPresent();
    }

    private static boolean isStillOpen(StepView step, ClientMail.OurLetter letter, Instant at) {
        if (letter instanceof ClientMail.OurLetter.AboutEvent about) {
            return step.windows().stream()
                    .anyMatch(window -> window.key().uid().equals(about.uid())
                            && !window.state().ended());
        }
        Instant written = ((ClientMail.OurLetter.Notice) letter).writtenAt();
        boolean ofThisPeriod = step.notices().period().filter(written::isBefore).isEmpty();
        return ofThisPeriod && !written.isBefore(at.minus(NOTICE_IS_OPEN));
    }

    private static AdmissionResult.Visibility deliver(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        if (stepBuilder.cycle().isPresent()) {
            CycleProgress.letter(stepBuilder, mail, at);
        } else if (stepBuilder.nextOpen().isPresent()) {
            ClosedPeriodNotices.outside(
                    stepBuilder, new ClientLetter.Delivered(at, ClosedPeriodNotices.next(stepBuilder)), mail, at);
        }
        return new AdmissionResult.Visibility.Visible(DeliveryMark.NONE);
    }

    private static AdmissionResult.Visibility hold(StepBuilder stepBuilder, Terms terms, ClientMail mail, Instant at) {
        Optional<Instant> open = stepBuilder.nextOpen();
        if (open.isEmpty()) {
            return deliver(stepBuilder, mail, at);
        }
        HeldMail held = new HeldMail(mail.id(), at, HeldMail.Fate.RELEASE, at.plus(terms.maxHold()));
        stepBuilder.hold(held);
        ClosedPeriodNotices.outside(stepBuilder, new ClientLetter.Held(at, held.passedOn(open.get())), mail, at);
        return new AdmissionResult.Visibility.Held(held.fate(), held.until());
    }

    private static AdmissionResult.Visibility giveBack(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        HeldMail held = ReturnedMail.take(stepBuilder, mail, at);
        return new AdmissionResult.Visibility.Held(held.fate(), held.until());
    }
}
