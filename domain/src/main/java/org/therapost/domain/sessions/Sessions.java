package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.people.EmailAddress;

/**
 * The steps of a timetable. Each takes a timetable, an event and an instant, and returns the next timetable
 * and the effects. It changes nothing else. What time alone has made due up to that instant happens first.
 */
public final class Sessions {

    private static final Duration STUCK = Duration.ofMinutes(2);

    private final Time time;
    private final Answers answers;
    private final Invitations invitations;
    private final Orders orders;

    public Sessions(Occurrences occurrences) {
        Planning planning = new Planning(occurrences);
        this.time = new Time(planning);
        this.answers = new Answers(planning);
        this.invitations = new Invitations(planning, new SeriesLimits(planning, occurrences));
        this.orders = new Orders(invitations);
    }

    /**
     * Client mail, accepted from the enrolled mailbox; with what it answers to invitations.
     *
     * @param accepted its acceptance instant, which alone decides
     */
    public Reception receive(Timetable timetable, ClientMail mail, Instant accepted) {
        Draft draft = upTo(timetable, accepted);
        answers.take(draft, mail, accepted);
        Reception.Visibility visibility = Admission.admit(draft, mail, accepted);
        return new Reception(finish(draft), visibility);
    }

    /** Everything that time alone has made due up to now. */
    public Step advance(Timetable timetable, Instant now) {
        return finish(new Draft(timetable, now));
    }

    /**
     * A calendar message, submitted by the therapist.
     *
     * @param therapist the authenticated submitter
     */
    public Step invited(Timetable timetable, EmailAddress therapist, CalendarMessage message, Instant now) {
        Draft draft = upTo(timetable, now);
        invitations.take(draft, therapist, message, now);
        return finish(draft);
    }

    /** What the therapist orders. */
    public Step command(Timetable timetable, SessionCommand command, Instant now) {
        Draft draft = upTo(timetable, now);
        orders.carryOut(draft, command, now);
        return finish(draft);
    }

    /**
     * The therapist's answer to the client was queued.
     *
     * @param words of the text, without quoted text and signature
     */
    public Step answered(Timetable timetable, int words, Instant now) {
        Draft draft = upTo(timetable, now);
        draft.windows(window -> window.state() == WindowState.OPEN || window.state() == WindowState.GRACE)
                .forEach(window -> draft.put(window.with(window.turns().ofTherapist(words))));
        Exchange.answered(draft, now);
        return finish(draft);
    }

    /** Mail for the thread was refused because it came from a mailbox that is not the client's. */
    public Step strangerWrote(Timetable timetable, Instant now) {
        Draft draft = upTo(timetable, now);
        Telling.hint(draft, now);
        return finish(draft);
    }

    /** Mail in the client's name was refused, since her provider does not prove it: she may wonder why nothing arrives. */
    public Step clientNotProved(Timetable timetable, Instant now) {
        Draft draft = upTo(timetable, now);
        Telling.notProved(draft, now);
        return finish(draft);
    }

    /**
     * New terms.
     *
     * @param terms that hold from their own date on, which may lie ahead
     */
    public Step agree(Timetable timetable, Terms terms, Instant now) {
        Draft draft = upTo(timetable, now);
        draft.terms.removeIf(other -> other.since().equals(terms.since()));
        draft.terms.add(terms);
        draft.terms.sort(Comparator.comparing(Terms::since));
        return finish(draft);
    }

    /**
     * The client's mail server defers mail in an open window.
     *
     * @param since when it put off for the first time what it was offered; what counts is the time within
     *     the window
     */
    public Step deferred(Timetable timetable, Instant since, Instant now) {
        Draft draft = upTo(timetable, now);
        draft.windows(window -> window.state() == WindowState.OPEN && !window.troubled())
                .forEach(window -> {
                    Instant opened = window.openedAt().orElse(window.opensAt());
                    Instant from = since.isBefore(opened) ? opened : since;
                    if (from.plus(STUCK).isBefore(now)) {
                        draft.put(window.inTrouble());
                        draft.tell(new TherapistNote.NotGettingThrough(
                                window, draft.termsAt(now).backUpPlan()));
                    }
                });
        return finish(draft);
    }

    /**
     * The client's mail server has accepted a letter.
     *
     * @param letter the parcel in which it travelled
     */
    public Step delivered(Timetable timetable, ParcelId letter, Instant now) {
        Draft draft = upTo(timetable, now);
        Returning.taken(draft, new NoticeId(letter.value()), now);
        return finish(draft);
    }

    /** The window that an answer which is to be sent at the open waits for; empty if one is open, or none is planned. */
    public Optional<Window> nextOpen(Timetable timetable, Instant now) {
        Draft draft = upTo(timetable, now);
        return draft.isOpen() ? Optional.empty() : draft.next();
    }

    private Draft upTo(Timetable timetable, Instant now) {
        Draft draft = new Draft(timetable, now);
        time.pass(draft);
        draft.reach(now);
        return draft;
    }

    private Step finish(Draft draft) {
        time.pass(draft);
        return draft.step(time.wake(draft));
    }
}
