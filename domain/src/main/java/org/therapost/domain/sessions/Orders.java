package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Carries out the therapist's commands, and answers each by a note. */
final class Orders {

    private static final Revision FIRST = new Revision(0, Instant.EPOCH);

    private final Invitations invitations;

    Orders(Invitations invitations) {
        this.invitations = invitations;
    }

    void carryOut(Draft draft, SessionCommand command, Instant at) {
        if (command instanceof SessionCommand.Open open) {
            open(draft, open, at);
        } else if (command instanceof SessionCommand.Extend extend) {
            extend(draft, extend.by(), at);
        } else if (command instanceof SessionCommand.Propose propose) {
            propose(draft, propose, at);
        } else if (command instanceof SessionCommand.Cancel cancel) {
            cancel(draft, cancel, at);
        } else if (command instanceof SessionCommand.List) {
            answer(draft, TherapistNote.Answer.LIST);
        } else if (command instanceof SessionCommand.ReplyBy replyBy) {
            boolean set = Exchange.newDate(draft, replyBy.due(), at);
            answer(draft, set ? TherapistNote.Answer.DONE : TherapistNote.Answer.HELP);
        } else {
            answer(draft, TherapistNote.Answer.HELP);
        }
    }

    private static void answer(Draft draft, TherapistNote.Answer answer) {
        List<Window> live = draft.windows(window -> !window.state().ended());
        draft.tell(new TherapistNote.CommandAnswer(answer, live, List.copyOf(draft.held)));
    }

    private static Optional<Window> open(Draft draft) {
        return draft.windows(window -> window.state() == WindowState.OPEN).stream()
                .max(Comparator.comparing(Window::closesAt));
    }

    /** Opens at once. If a window is open, it is made to last that long. */
    private static void open(Draft draft, SessionCommand.Open order, Instant at) {
        Instant closes = at.plus(order.length().orElse(draft.termsAt(at).length()));
        Optional<Window> running = open(draft);
        if (running.isPresent()) {
            if (closes.isAfter(running.get().closesAt())) {
                Rescheduling.moveEnd(draft, running.get(), closes, at);
            }
        } else {
            WindowKey name = new WindowKey("open", Optional.empty());
            WindowId id = WindowId.of(draft.thread, name, at, at);
            WindowKey key = new WindowKey(id.value().toString(), Optional.empty());
            Window window = Window.planned(id, key, draft.kind(at), FIRST, new TimeSpan(at, closes))
                    .answered(true);
            draft.todo(new Effect.Log(Effect.Event.OVERRIDE, Optional.of(id), at));
            Passage.open(draft, window, at, false);
        }
        answer(draft, TherapistNote.Answer.DONE);
    }

    private static void extend(Draft draft, Duration by, Instant at) {
        Optional<Window> running = open(draft);
        running.ifPresent(
                window -> Rescheduling.moveEnd(draft, window, window.closesAt().plus(by), at));
        answer(draft, running.isPresent() ? TherapistNote.Answer.DONE : TherapistNote.Answer.NOTHING_OPEN);
    }

    private void propose(Draft draft, SessionCommand.Propose propose, Instant at) {
        Duration length = propose.length().orElse(draft.termsAt(at).length());
        if (!propose.opensAt().plus(length).isAfter(at)) {
            answer(draft, TherapistNote.Answer.HELP);
            return;
        }
        invitations.event(draft, Invitations.proposal(draft, propose.opensAt(), length, at), at);
    }

    private void cancel(Draft draft, SessionCommand.Cancel cancel, Instant at) {
        Optional<Window> which = draft
                .windows(window -> (window.ahead() || window.state() == WindowState.OPEN)
                        && cancel.opensAt().map(window.opensAt()::equals).orElse(true))
                .stream()
                .findFirst();
        if (which.isEmpty()) {
            answer(draft, TherapistNote.Answer.NOTHING_TO_CANCEL);
            return;
        }
        Window window = which.get();
        draft.series(window.key().uid())
                .ifPresentOrElse(
                        series -> invitations.cancel(
                                draft, series, window.key().recurrenceId(), later(series, window, at), at),
                        () -> Rescheduling.end(draft, window, WindowState.CANCELLED, at));
        answer(draft, TherapistNote.Answer.DONE);
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
