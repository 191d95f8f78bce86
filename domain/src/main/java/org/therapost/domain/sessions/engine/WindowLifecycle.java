package org.therapost.domain.sessions.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/** The lifecycle of a window over time: planned, open, grace, closed. */
final class WindowLifecycle {

    private WindowLifecycle() {}

    /** The rules in the order in which they happen at one and the same instant. */
    static List<TimedRule> rules() {
        return List.of(new Opening(), new Closing(), new GraceOver(), new Lateness());
    }

    /** When a window really opens: an outage that covers its start delays it. */
    static Instant opening(StepView step, Window window) {
        Instant at = window.opensAt();
        for (boolean moved = true; moved; ) {
            moved = false;
            for (TimeSpan outage : step.surroundings().outages()) {
                if (outage.contains(at)) {
                    at = outage.until();
                    moved = true;
                }
            }
        }
        return at;
    }

    /** How long after its end client mail is still delivered; the terms at its open count. */
    static Duration grace(StepView step, Window window) {
        return step.termsAt(window.opensAt()).grace();
    }

    /** Opens a window, releases what is held, and tells the therapist. */
    static void open(StepBuilder stepBuilder, Window window, Instant at, TherapistNote.Start start) {
        Window open = window.opened(at);
        stepBuilder.put(open);
        int released = HeldMailRelease.release(stepBuilder, DeliveryMark.NONE);
        if (window.isAppointment()) {
            stepBuilder.tell(new TherapistNote.Opened(open, released, start));
        }
        stepBuilder.todo(new Effect.PostWaitingForOpen(open.id()));
    }

    /** Closes a window that took place, with its result, and files the summary. */
    private static void finish(StepBuilder stepBuilder, Window window, Instant at) {
        stepBuilder.note(log -> log.closed(at));
        if (!window.isAppointment()) {
            stepBuilder.put(window.over());
            return;
        }
        Window closed = window.closed(result(window));
        stepBuilder.put(closed);
        stepBuilder.tell(new TherapistNote.Summary(closed));
    }

    private static WindowResult result(Window window) {
        if (window.turns().byClient() == 0) {
            return WindowResult.CLIENT_ABSENT;
        }
        return window.turns().byTherapist() == 0 ? WindowResult.THERAPIST_ABSENT : WindowResult.HELD_OK;
    }

    private static Optional<Window> first(StepView step, WindowState state, Function<Window, Instant> due) {
        return step.windows(window -> window.state() == state).stream().min(Comparator.comparing(due));
    }

    private static final class Opening implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return earliest(step).map(window -> opening(step, window));
        }

        private Optional<Window> earliest(StepView step) {
            return step.windows(Window::ahead).stream().min(Comparator.comparing(window -> opening(step, window)));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Window window = earliest(stepBuilder).orElseThrow();
            if (!at.isBefore(window.closesAt())) {
                missed(stepBuilder, window, at);
                return;
            }
            boolean late = opening(stepBuilder, window).isAfter(window.opensAt());
            open(stepBuilder, window, at, late ? TherapistNote.Start.LATE : TherapistNote.Start.IN_TIME);
            if (late && window.isAppointment()) {
                stepBuilder.tell(new ClientLetter.Disturbed(window.opensAt(), ClientLetter.Disturbance.BEGAN_LATE));
            }
        }

        private static void missed(StepBuilder stepBuilder, Window window, Instant at) {
            Window closed = window.isAppointment() ? window.closed(WindowResult.OUTAGE) : window.over();
            stepBuilder.put(closed);
            stepBuilder.note(log -> log.closed(at));
            int released = HeldMailRelease.release(stepBuilder, DeliveryMark.OUT_OF_TURN);
            if (released > 0) {
                stepBuilder.tell(new TherapistNote.Released(released, TherapistNote.Why.OUTAGE));
            }
            if (window.isAppointment()) {
                stepBuilder.tell(new TherapistNote.Summary(closed));
                stepBuilder.tell(
                        new ClientLetter.Disturbed(window.opensAt(), ClientLetter.Disturbance.DID_NOT_TAKE_PLACE));
            }
        }
    }

    private static final class Closing implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return first(step, WindowState.OPEN, Window::closesAt).map(Window::closesAt);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Window window =
                    first(stepBuilder, WindowState.OPEN, Window::closesAt).orElseThrow();
            stepBuilder.put(window.to(WindowState.GRACE));
            // Windows that overlap or follow each other without a gap count as one: only the last has a
            // grace.
            if (stepBuilder.isOpen() || grace(stepBuilder, window).isZero()) {
                finish(stepBuilder, window, at);
            }
        }
    }

    private static final class GraceOver implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            Optional<Window> window = earliest(step);
            return step.isOpen()
                    ? window.map(any -> step.clock())
                    : window.map(one -> one.closesAt().plus(grace(step, one)));
        }

        private static Optional<Window> earliest(StepView step) {
            return first(step, WindowState.GRACE, window -> window.closesAt().plus(grace(step, window)));
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            finish(stepBuilder, earliest(stepBuilder).orElseThrow(), at);
        }
    }

    private static final class Lateness implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return earliest(step).map(window -> late(step, window));
        }

        private static Optional<Window> earliest(StepView step) {
            return step
                    .windows(window -> window.state() == WindowState.OPEN
                            && window.isAppointment()
                            && !window.is(Window.Mark.LATE)
                            && window.turns().byClient() == 0
                            && !step.termsAt(window.opensAt()).lateness().isZero())
                    .stream()
                    .min(Comparator.comparing(window -> late(step, window)));
        }

        private static Instant late(StepView step, Window window) {
            Instant opened = window.openedAt().orElse(window.opensAt());
            Duration half = Duration.between(opened, window.closesAt()).dividedBy(2);
            Duration agreed = step.termsAt(window.opensAt()).lateness();
            return opened.plus(agreed.compareTo(half) < 0 ? agreed : half);
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Window late = earliest(stepBuilder).orElseThrow().with(Window.Mark.LATE);
            stepBuilder.put(late);
            stepBuilder.tell(new TherapistNote.ClientLate(late));
        }
    }
}
