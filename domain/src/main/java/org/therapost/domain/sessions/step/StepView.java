package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowState;

/** The next timetable as a step has made it so far, to be looked at and not to be changed. Its lists are views. */
public sealed interface StepView permits StepBuilder {

    Comparator<Window> BY_OPEN = Comparator.comparing(Window::opensAt)
            .thenComparing(window -> window.id().value());

    ThreadId thread();

    ClientSettings client();

    Timetable.Surroundings surroundings();

    List<Terms> terms();

    List<Series> series();

    /** By their open. */
    List<Window> windows();

    List<HeldMail> held();

    List<Timetable.Answer> answers();

    Timetable.NoticeLog notices();

    Optional<Cycle> cycle();

    /** Every instance that opens before this is among the windows; empty while nothing was planned. */
    Optional<Instant> plannedTo();

    /** The instant of the step. */
    Instant now();

    /** The instant at which what is due at once happens. */
    Instant clock();

    /** When something that was due then happens: never before what has happened already. */
    Instant notBefore(Instant due);

    default Terms termsAt(Instant instant) {
        return Timetable.termsAt(terms(), instant);
    }

    default Optional<Series> series(String uid) {
        return series().stream().filter(one -> one.uid().equals(uid)).findFirst();
    }

    /** The windows of which something is true, by their open; a copy. */
    default List<Window> windows(Predicate<Window> which) {
        return windows().stream().filter(which).sorted(BY_OPEN).toList();
    }

    default boolean isOpen() {
        return windows().stream().anyMatch(window -> window.state() == WindowState.OPEN);
    }

    /** The next open. */
    default Optional<Window> next() {
        return windows(Window::ahead).stream().findFirst();
    }

    default Optional<Instant> nextOpen() {
        return next().map(Window::opensAt);
    }

    /** What a window that is planned now is for. */
    default WindowKind kind(Instant at) {
        return termsAt(at).mode() == ThreadMode.MESSAGING ? WindowKind.HOURS : WindowKind.LIVE;
    }

    /** Letters about an event that no server of the client's has taken. */
    default List<Timetable.OnItsWay> onTheirWay(String uid) {
        return surroundings().onTheirWay().stream()
                .filter(letter -> letter.uid().equals(uid))
                .toList();
    }

    /** Held mail that is to become visible, in order of acceptance. */
    default List<HeldMail> waiting() {
        return held().stream()
                .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                .sorted(Comparator.comparing(HeldMail::acceptedAt))
                .toList();
    }
}
