package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.engine.series.InvitationAnswers;
import org.therapost.domain.sessions.engine.series.InvitationHandler;
import org.therapost.domain.sessions.engine.series.SeriesLimits;
import org.therapost.domain.sessions.engine.series.WindowPlanning;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.StepBuilder;

/**
 * The steps of a timetable. Each takes a timetable, an event and an instant, and returns the next timetable
 * and the effects. It changes nothing else. What time alone has made due up to that instant happens first.
 */
public final class Sessions {

    private static final Duration STUCK = Duration.ofMinutes(2);

    private final TimedRules time;
    private final InvitationAnswers answers;
    private final InvitationHandler invitationHandler;
    private final SessionCommandHandler sessionCommandHandler;

    public Sessions(Occurrences occurrences) {
        WindowPlanning windowPlanning = new WindowPlanning(occurrences);
        this.time = new TimedRules(windowPlanning);
        this.answers = new InvitationAnswers(windowPlanning);
        this.invitationHandler = new InvitationHandler(windowPlanning, new SeriesLimits(windowPlanning, occurrences));
        this.sessionCommandHandler = new SessionCommandHandler(invitationHandler);
    }

    /**
     * Client mail, accepted from the enrolled mailbox; with what it answers to invitations.
     *
     * @param accepted its acceptance instant, which alone decides
     */
    public AdmissionResult receive(Timetable timetable, ClientMail mail, Instant accepted) {
        StepBuilder stepBuilder = upTo(timetable, accepted);
        answers.take(stepBuilder, mail, accepted);
        AdmissionResult.Visibility visibility = Admission.admit(stepBuilder, mail, accepted);
        return new AdmissionResult(finish(stepBuilder), visibility);
    }

    /** Everything that time alone has made due up to now. */
    public Step advance(Timetable timetable, Instant now) {
        return finish(new StepBuilder(timetable, now));
    }

    /**
     * A calendar message, submitted by the therapist.
     *
     * @param therapist the authenticated submitter
     */
    public Step invited(Timetable timetable, EmailAddress therapist, CalendarMessage message, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        invitationHandler.take(stepBuilder, therapist, message, now);
        return finish(stepBuilder);
    }

    /** What the therapist orders. */
    public Step command(Timetable timetable, SessionCommand command, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        sessionCommandHandler.carryOut(stepBuilder, command, now);
        return finish(stepBuilder);
    }

    /**
     * The therapist's answer to the client was queued.
     *
     * @param words of the text, without quoted text and signature
     */
    public Step answered(Timetable timetable, int words, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        stepBuilder
                .windows(window -> window.state() == WindowState.OPEN || window.state() == WindowState.GRACE)
                .forEach(window -> stepBuilder.put(window.with(window.turns().ofTherapist(words))));
        CycleProgress.answered(stepBuilder, now);
        return finish(stepBuilder);
    }

    /** Mail for the thread was refused because it came from a mailbox that is not the client's. */
    public Step strangerWrote(Timetable timetable, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        ClosedPeriodNotices.hint(stepBuilder, now);
        return finish(stepBuilder);
    }

    /** Mail in the client's name was refused, since her provider does not prove it: she may wonder why nothing arrives. */
    public Step clientNotProved(Timetable timetable, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        ClosedPeriodNotices.notProved(stepBuilder, now);
        return finish(stepBuilder);
    }

    /**
     * New terms.
     *
     * @param terms that hold from their own date on, which may lie ahead
     */
    public Step agree(Timetable timetable, Terms terms, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        stepBuilder.put(terms);
        return finish(stepBuilder);
    }

    /**
     * The client's mail server defers mail in an open window.
     *
     * @param since when it put off for the first time what it was offered; what counts is the time within
     *     the window
     */
    public Step deferred(Timetable timetable, Instant since, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        stepBuilder
                .windows(window -> window.state() == WindowState.OPEN && !window.is(Window.Mark.TROUBLED))
                .forEach(window -> {
                    Instant opened = window.openedAt().orElse(window.opensAt());
                    Instant from = since.isBefore(opened) ? opened : since;
                    if (from.plus(STUCK).isBefore(now)) {
                        stepBuilder.put(window.with(Window.Mark.TROUBLED));
                        stepBuilder.tell(new TherapistNote.NotGettingThrough(
                                window, stepBuilder.termsAt(now).backUpPlan()));
                    }
                });
        return finish(stepBuilder);
    }

    /**
     * The client's mail server has accepted a letter.
     *
     * @param letter the parcel in which it travelled
     */
    public Step delivered(Timetable timetable, ParcelId letter, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        ReturnedMail.taken(stepBuilder, new NoticeId(letter.value()), now);
        return finish(stepBuilder);
    }

    /** The window that an answer which is to be sent at the open waits for; empty if one is open, or none is planned. */
    public Optional<Window> nextOpen(Timetable timetable, Instant now) {
        StepBuilder stepBuilder = upTo(timetable, now);
        return stepBuilder.isOpen() ? Optional.empty() : stepBuilder.next();
    }

    private StepBuilder upTo(Timetable timetable, Instant now) {
        StepBuilder stepBuilder = new StepBuilder(timetable, now);
        time.pass(stepBuilder);
        stepBuilder.reach(now);
        return stepBuilder;
    }

    private Step finish(StepBuilder stepBuilder) {
        time.pass(stepBuilder);
        return stepBuilder.step(time.wake(stepBuilder));
    }
}
