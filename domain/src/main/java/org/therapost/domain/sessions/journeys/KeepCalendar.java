package org.therapost.domain.sessions.journeys;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.TherapistMail;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.Timetables;

/** An invitation that a therapist's calendar sends to a thread opens, moves or cancels windows; each is answered by a note. */
public final class KeepCalendar {

    private final Timetables timetables;
    private final Sessions sessions;
    private final LetterDispatch letterDispatch;
    private final DefaultTerms defaultTerms;

    public KeepCalendar(
            Timetables timetables, Sessions sessions, LetterDispatch letterDispatch, DefaultTerms defaultTerms) {
        this.timetables = timetables;
        this.sessions = sessions;
        this.letterDispatch = letterDispatch;
        this.defaultTerms = defaultTerms;
    }

    /**
     * Applies a calendar message of the therapist's program to a thread. The caller has checked that the
     * therapist is the organizer.
     *
     * @param mail the mail itself, and what the therapist has to be told of it besides
     * @param answers its {@code Message-ID}
     */
    public FiledMessage keep(
            ClientThread thread, TherapistMail.Calendar calendar, List<Filing> mail, Optional<String> answers)
            throws RefusedException, CannotTellException {
        NoteContext answering = NoteContext.answering(answers);
        NoteContext context = calendar.words() ? answering.with(NoteContext.Remark.WORDS_LEFT_OUT) : answering;
        LetterDispatch.Mail visible = LetterDispatch.Mail.visible(mail, context);
        return timetables
                .change(
                        defaultTerms.timetable(thread.id()),
                        visible.names(),
                        (timetable, now) -> letterDispatch.work(
                                thread, step(thread, timetable, calendar.messages(), now), visible, now))
                .get(0);
    }

    private Step step(ClientThread thread, Timetable timetable, List<CalendarMessage> messages, Instant now) {
        Step step = sessions.advance(letterDispatch.seen(thread, timetable), now);
        List<Effect> effects = new ArrayList<>(step.effects());
        for (CalendarMessage message : messages) {
            Timetable before = step.next();
            step = sessions.invited(before, organizer(thread, message), message, now);
            effects.addAll(step.effects());
            if (step.effects().stream().noneMatch(Effect.TellTherapist.class::isInstance)) {
                Effect unanswered = new Effect.TellTherapist(answer(message, before, step));
                if (!effects.contains(unanswered)) {
                    effects.add(unanswered);
                }
            }
        }
        return new Step(step.next(), effects, step.wake());
    }

    private static EmailAddress organizer(ClientThread thread, CalendarMessage message) {
        if (message instanceof CalendarMessage.Request request) {
            return request.organizer();
        }
        return message instanceof CalendarMessage.Cancel cancel
                ? cancel.organizer()
                : thread.therapist().address();
    }

    /** What is to be said of a message of which the step says nothing. */
    private static TherapistNote answer(CalendarMessage message, Timetable before, Step step) {
        if (message instanceof CalendarMessage.Cancel cancel) {
            Optional<Series> series = before.series().stream()
                    .filter(one -> one.uid().equals(cancel.key().uid()))
                    .findFirst();
            if (series.isEmpty()) {
                return new TherapistNote.Unchanged(TherapistNote.Cause.UNKNOWN_EVENT);
            }
            if (!step.next().equals(before)) {
                return new TherapistNote.Cancelled(series.get(), opened(step));
            }
            return new TherapistNote.Unchanged(TherapistNote.Cause.KNOWN_ALREADY);
        }
        return new TherapistNote.Unchanged(
                message instanceof CalendarMessage.Request
                        ? TherapistNote.Cause.KNOWN_ALREADY
                        : TherapistNote.Cause.AN_ANSWER);
    }

    /** When the first instance that was cancelled would have opened, if the client is told of one. */
    private static Optional<Instant> opened(Step step) {
        return step.effects().stream()
                .filter(Effect.TellClient.class::isInstance)
                .map(effect -> ((Effect.TellClient) effect).notice())
                .filter(ClientLetter.Cancellation.class::isInstance)
                .map(notice -> ((ClientLetter.Cancellation) notice).opensAt())
                .findFirst();
    }
}
