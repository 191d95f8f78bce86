package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.engine.series.InvitationHandler;
import org.therapost.domain.sessions.engine.series.WindowRescheduling;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;

/** Carries out the therapist's commands, and answers each by a note. */
final class SessionCommandHandler {

    private static final Revision FIRST = new Revision(0, Instant.EPOCH);

    private final InvitationHandler invitationHandler;

    SessionCommandHandler(InvitationHandler invitationHandler) {
        this.invitationHandler = invitationHandler;
    }

    void carryOut(StepBuilder stepBuilder, SessionCommand command, Instant at) {
        if (command instanceof SessionCommand.Open open) {
            open(stepBuilder, open, at);
        } else if (command instanceof SessionCommand.Extend extend) {
            extend(stepBuilder, extend.by(), at);
        } else if (command instanceof SessionCommand.Propose propose) {
            propose(stepBuilder, propose, at);
        } else if (command instanceof SessionCommand.Cancel cancel) {
            cancel(stepBuilder, cancel, at);
        } else if (command instanceof SessionCommand.List) {
            answer(stepBuilder, TherapistNote.Answer.LIST);
        } else if (command instanceof SessionCommand.ReplyBy replyBy) {
            boolean set = CycleProgress.newDate(stepBuilder, replyBy.due(), at);
            answer(stepBuilder, set ? TherapistNote.Answer.DONE : TherapistNote.Answer.HELP);
        } else {
            answer(stepBuilder, TherapistNote.Answer.HELP);
        }
    }

    private static void answer(StepBuilder stepBuilder, TherapistNote.Answer answer) {
        List<Window> live = stepBuilder.windows(window -> !window.state().ended());
        stepBuilder.tell(new TherapistNote.CommandAnswer(answer, live, List.copyOf(stepBuilder.held())));
    }

    private static Optional<Window> open(StepBuilder stepBuilder) {
        return stepBuilder.windows(window -> window.state() == WindowState.OPEN).stream()
                .max(Comparator.comparing(Window::closesAt));
    }

    /** Opens at once. If a window is open, it is made to last that long. */
    private static void open(StepBuilder stepBuilder, SessionCommand.Open order, Instant at) {
        Instant closes = at.plus(order.length().orElse(stepBuilder.termsAt(at).length()));
        Optional<Window> running = open(stepBuilder);
        if (running.isPresent()) {
            if (closes.isAfter(running.get().closesAt())) {
                WindowRescheduling.moveEnd(stepBuilder, running.get(), closes, at);
            }
        } else {
            WindowKey name = new WindowKey("open", Optional.empty());
            WindowId id = WindowId.of(stepBuilder.thread(), name, at, at);
            WindowKey key = new WindowKey(id.value().toString(), Optional.empty());
            Window window = Window.planned(id, key, stepBuilder.kind(at), FIRST, new TimeSpan(at, closes))
                    .accepted();
            stepBuilder.todo(new Effect.Log(Effect.Event.OVERRIDE, Optional.of(id), at));
            WindowLifecycle.open(stepBuilder, window, at, TherapistNote.Start.IN_TIME);
            stepBuilder.tell(new ClientLetter.OpenedNow(closes));
        }
        answer(stepBuilder, TherapistNote.Answer.DONE);
    }

    private static void extend(StepBuilder stepBuilder, Duration by, Instant at) {
        Optional<Window> running = open(stepBuilder);
        running.ifPresent(window -> WindowRescheduling.moveEnd(
                stepBuilder, window, window.closesAt().plus(by), at));
        answer(stepBuilder, running.isPresent() ? TherapistNote.Answer.DONE : TherapistNote.Answer.NOTHING_OPEN);
    }

    private void propose(StepBuilder stepBuilder, SessionCommand.Propose propose, Instant at) {
        Duration length = propose.length().orElse(stepBuilder.termsAt(at).length());
        if (!propose.opensAt().plus(length).isAfter(at)) {
            answer(stepBuilder, TherapistNote.Answer.HELP);
            return;
        }
        invitationHandler.event(
                stepBuilder, InvitationHandler.proposal(stepBuilder, propose.opensAt(), length, at), at);
    }

    private void cancel(StepBuilder stepBuilder, SessionCommand.Cancel cancel, Instant at) {
        Optional<Window> which = stepBuilder
                .windows(window -> (window.ahead() || window.state() == WindowState.OPEN)
                        && cancel.opensAt().map(window.opensAt()::equals).orElse(true))
                .stream()
                .findFirst();
        if (which.isEmpty()) {
            answer(stepBuilder, TherapistNote.Answer.NOTHING_TO_CANCEL);
            return;
        }
        Window window = which.get();
        stepBuilder
                .series(window.key().uid())
                .ifPresentOrElse(
                        series -> invitationHandler.cancel(
                                stepBuilder, series, window.key().recurrenceId(), later(series, window, at), at),
                        () -> WindowRescheduling.end(stepBuilder, window, WindowState.CANCELLED, at));
        answer(stepBuilder, TherapistNote.Answer.DONE);
    }

    /**
     * The therapist's calendar does not know of a cancellation by command. So its next update counts, with
     * a higher {@code SEQUENCE} or with the same one and a later stamp.
     */
    private static Revision later(Series series, Window window, Instant at) {
        int sequence = Math.max(series.revision().sequence(), window.revision().sequence());
        return new Revision(sequence, at);
    }
}
