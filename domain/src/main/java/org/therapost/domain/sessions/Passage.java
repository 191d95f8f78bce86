package org.therapost.domain.sessions;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.therapost.domain.conversation.DeliveryMark;

/** The lifecycle of a window over time: planned, open, grace, closed. */
final class Passage {

    private Passage() {}

    /** The rules in the order in which they happen at one and the same instant. */
    static List<Rule> rules() {
        return List.of(new Opening(), new Closing(), new GraceOver(), new Lateness());
    }

    /** When a window really opens: an outage that covers its start delays it. */
    static Instant opening(Draft draft, Window window) {
        Instant at = window.opensAt();
        for (boolean moved = true; moved; ) {
            moved = false;
            for (TimeSpan outage : draft.surroundings.outages()) {
                if (outage.contains(at)) {
                    at = outage.until();
                    moved = true;
                }
            }
        }
        return at;
    }

    /** How long after its end client mail is still delivered; the terms at its open count. */
    static Duration grace(Draft draft, Window window) {
        return draft.termsAt(window.opensAt()).grace();
    }

    /** Opens a window, releases what is held, and tells the therapist. */
    static void open(Draft draft, Window window, Instant at, boolean startedLate) {
        Window open = window.opened(at);
        draft.put(open);
        int released = Holding.release(draft, DeliveryMark.NONE);
        if (window.isAppointment()) {
            draft.tell(new TherapistNote.Opened(open, released, startedLate));
        }
        draft.todo(new Effect.PostWaitingForOpen(open.id()));
    }

    /** Closes a window that took place, with its result, and files the summary. */
    private static void finish(Draft draft, Window window, Instant at) {
        draft.notices = draft.notices.closed(at);
        if (!window.isAppointment()) {
            draft.put(window.over());
            return;
        }
        Window closed = window.closed(result(window));
        draft.put(closed);
        draft.tell(new TherapistNote.Summary(closed));
    }

    private static WindowResult result(Window window) {
        if (window.turns().byClient() == 0) {
            return WindowResult.CLIENT_ABSENT;
        }
        return window.turns().byTherapist() == 0 ? WindowResult.THERAPIST_ABSENT : WindowResult.HELD_OK;
    }

    private static Optional<Window> first(Draft draft, WindowState state, Function<Window, Instant> due) {
        return draft.windows(window -> window.state() == state).stream().min(Comparator.comparing(due));
    }

    private static final class Opening implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return earliest(draft).map(window -> opening(draft, window));
        }

        private Optional<Window> earliest(Draft draft) {
            return draft.windows(Window::ahead).stream().min(Comparator.comparing(window -> opening(draft, window)));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Window window = earliest(draft).orElseThrow();
            if (!at.isBefore(window.closesAt())) {
                missed(draft, window, at);
                return;
            }
            boolean startedLate = opening(draft, window).isAfter(window.opensAt());
            open(draft, window, at, startedLate);
            if (startedLate && window.isAppointment()) {
                draft.tell(new ClientNotice.Disturbed(window.opensAt(), false));
            }
        }

        private static void missed(Draft draft, Window window, Instant at) {
            Window closed = window.isAppointment() ? window.closed(WindowResult.OUTAGE) : window.over();
            draft.put(closed);
            draft.notices = draft.notices.closed(at);
            int released = Holding.release(draft, DeliveryMark.OUT_OF_TURN);
            if (released > 0) {
                draft.tell(new TherapistNote.Released(released, TherapistNote.Why.OUTAGE));
            }
            if (window.isAppointment()) {
                draft.tell(new TherapistNote.Summary(closed));
                draft.tell(new ClientNotice.Disturbed(window.opensAt(), true));
            }
        }
    }

    private static final class Closing implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return first(draft, WindowState.OPEN, Window::closesAt).map(Window::closesAt);
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Window window = first(draft, WindowState.OPEN, Window::closesAt).orElseThrow();
            draft.put(window.to(WindowState.GRACE));
            // Windows that overlap or follow each other without a gap count as one: only the last has a
            // grace.
            if (draft.isOpen() || grace(draft, window).isZero()) {
                finish(draft, window, at);
            }
        }
    }

    private static final class GraceOver implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            Optional<Window> window = earliest(draft);
            return draft.isOpen()
                    ? window.map(any -> draft.clock())
                    : window.map(one -> one.closesAt().plus(grace(draft, one)));
        }

        private static Optional<Window> earliest(Draft draft) {
            return first(draft, WindowState.GRACE, window -> window.closesAt().plus(grace(draft, window)));
        }

        @Override
        public void happen(Draft draft, Instant at) {
            finish(draft, earliest(draft).orElseThrow(), at);
        }
    }

    private static final class Lateness implements Rule {

        @Override
        public Optional<Instant> due(Draft draft) {
            return earliest(draft).map(window -> late(draft, window));
        }

        private static Optional<Window> earliest(Draft draft) {
            return draft
                    .windows(window -> window.state() == WindowState.OPEN
                            && window.isAppointment()
                            && !window.late()
                            && window.turns().byClient() == 0
                            && !draft.termsAt(window.opensAt()).lateness().isZero())
                    .stream()
                    .min(Comparator.comparing(window -> late(draft, window)));
        }

        private static Instant late(Draft draft, Window window) {
            Instant opened = window.openedAt().orElse(window.opensAt());
            Duration half = Duration.between(opened, window.closesAt()).dividedBy(2);
            Duration agreed = draft.termsAt(window.opensAt()).lateness();
            return opened.plus(agreed.compareTo(half) < 0 ? agreed : half);
        }

        @Override
        public void happen(Draft draft, Instant at) {
            Window late = earliest(draft).orElseThrow().withoutClient();
            draft.put(late);
            draft.tell(new TherapistNote.ClientLate(late));
        }
    }
}
