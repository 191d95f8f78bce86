package org.therapost.domain.sessions.engine.series;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.ClientMail;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;

/** The client's answers to invitations, given by a calendar program or in plain words. */
public final class InvitationAnswers {

    private final WindowPlanning windowPlanning;

    public InvitationAnswers(WindowPlanning windowPlanning) {
        this.windowPlanning = windowPlanning;
    }

    static boolean declined(StepView step, WindowPlanning.Planned planned) {
        return newest(step, planned) == Participation.DECLINED;
    }

    static boolean accepted(StepView step, WindowPlanning.Planned planned) {
        return newest(step, planned) == Participation.ACCEPTED;
    }

    /** What the client last said of this state of an instance: of the instance itself or of its series. */
    private static Participation newest(StepView step, WindowPlanning.Planned planned) {
        WindowKey whole = new WindowKey(planned.key().uid(), Optional.empty());
        return step.answers().stream()
                .filter(answer ->
                        answer.key().equals(planned.key()) || answer.key().equals(whole))
                .filter(answer ->
                        answer.revision().sequence() >= planned.revision().sequence())
                .max(Comparator.comparing(answer -> answer.revision().stamp()))
                .map(Timetable.Answer::participation)
                .orElse(Participation.TENTATIVE);
    }

    /** Takes what a mail of the client says about the calendar. */
    public void take(StepBuilder stepBuilder, ClientMail mail, Instant at) {
        mail.calendar().forEach(message -> take(stepBuilder, message, at));
        mail.inWords().ifPresent(words -> stepBuilder.series(words.uid()).ifPresent(series -> {
            WindowKey whole = new WindowKey(series.uid(), Optional.empty());
            Revision revision = new Revision(series.revision().sequence(), at);
            answer(stepBuilder, series, new Timetable.Answer(whole, revision, words.participation()), at);
        }));
    }

    private void take(StepBuilder stepBuilder, CalendarMessage message, Instant at) {
        if (message instanceof CalendarMessage.Reply reply) {
            // Phones answer under another address of their owner. The authenticated sender counts, whatever
            // the file says.
            stepBuilder
                    .series(reply.key().uid())
                    .ifPresentOrElse(
                            series -> answer(stepBuilder, series, answer(series, reply), at),
                            () -> log(stepBuilder, Effect.Event.STALE, at));
        } else if (message instanceof CalendarMessage.Counter counter) {
            stepBuilder
                    .series(counter.key().uid())
                    .ifPresentOrElse(
                            series -> stepBuilder.tell(new TherapistNote.Countered(
                                    series, counter.key(), counter.zone().instant(counter.start()))),
                            () -> log(stepBuilder, Effect.Event.STALE, at));
        } else if (!(message instanceof CalendarMessage.Unusable)) {
            // RFC 5546 section 6.1.1: only the organizer may change an event, whatever the mail says.
            log(stepBuilder, Effect.Event.NOT_THE_ORGANIZER, at);
        }
    }

    /**
     * The answer to an event that is not repeated counts for all of it, whichever instance it names. The
     * client answers the {@code SEQUENCE} that the client sees; it is converted to the therapist's.
     */
    private static Timetable.Answer answer(Series series, CalendarMessage.Reply reply) {
        boolean single = !series.repeats() && series.moved().isEmpty();
        WindowKey key = single ? new WindowKey(series.uid(), Optional.empty()) : reply.key();
        int asked = asked(series, key);
        int shown = asked + series.told().ahead();
        int sequence =
                reply.revision().sequence() < shown ? Math.min(reply.revision().sequence(), asked - 1) : asked;
        Revision revision = new Revision(sequence, reply.revision().stamp());
        return new Timetable.Answer(key, revision, reply.participation());
    }

    /** The {@code SEQUENCE} of what is asked now. */
    private static int asked(Series series, WindowKey key) {
        return key.recurrenceId()
                .map(original -> series.instance(original).revision().sequence())
                .orElse(series.revision().sequence());
    }

    private static void log(StepBuilder stepBuilder, Effect.Event event, Instant at) {
        stepBuilder.todo(new Effect.Log(event, Optional.empty(), at));
    }

    private void answer(StepBuilder stepBuilder, Series series, Timetable.Answer answer, Instant at) {
        Optional<Timetable.Answer> before = stepBuilder.answers().stream()
                .filter(other -> other.key().equals(answer.key()))
                .findFirst();
        if (before.filter(other -> other.revision().compareTo(answer.revision()) > 0)
                .isPresent()) {
            log(stepBuilder, Effect.Event.STALE, at);
            return;
        }
        stepBuilder.put(answer);
        if (answer.revision().sequence() < asked(series, answer.key())) {
            log(stepBuilder, Effect.Event.STALE, at);
            return;
        }
        List<Window> concerned = stepBuilder.windows(window -> !window.state().ended() && concerns(answer, window));
        concerned.forEach(window -> apply(stepBuilder, window, answer.participation()));
        if (answer.participation() != Participation.DECLINED) {
            windowPlanning.plan(stepBuilder, series, at, WindowPlanning.horizon(stepBuilder, at));
        }
        Optional<Instant> opensAt =
                stepBuilder
                        .windows(window ->
                                concerns(answer, window) && !window.state().ended())
                        .stream()
                        .findFirst()
                        .or(() -> concerned.stream().findFirst())
                        .map(Window::opensAt);
        stepBuilder.tell(new TherapistNote.Answered(series, answer.key(), answer.participation(), opensAt));
    }

    private static boolean concerns(Timetable.Answer answer, Window window) {
        WindowKey key = answer.key();
        return window.key().equals(key)
                || (key.recurrenceId().isEmpty()
                        && window.key().uid().equals(key.uid())
                        && window.revision().sequence() <= answer.revision().sequence());
    }

    private static void apply(StepBuilder stepBuilder, Window window, Participation participation) {
        if (window.state().ended() || window.state() == WindowState.GRACE) {
            return;
        }
        if (participation == Participation.DECLINED && window.ahead()) {
            stepBuilder.put(window.to(WindowState.CANCELLED));
        } else {
            stepBuilder.put(window.answered(participation));
        }
    }
}
