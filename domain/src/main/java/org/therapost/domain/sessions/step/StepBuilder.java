package org.therapost.domain.sessions.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.model.WindowState;

/** The next timetable in the making, and what was found to be done. It lives for one step. */
public final class StepBuilder {

    /** How long an ended window is looked back at: mail that was accepted in it can still be on its way through DATA. */
    private static final Duration LOOK_BACK = Duration.ofDays(2);

    private static final Comparator<Window> BY_OPEN = Comparator.comparing(Window::opensAt)
            .thenComparing(window -> window.id().value());

    public final ThreadId thread;
    public final ClientSettings client;
    public final Timetable.Surroundings surroundings;
    public final List<Terms> terms;
    public final List<Series> series;
    public final List<Window> windows;
    public final List<HeldMail> held;
    public final List<Timetable.Answer> answers;
    public Timetable.NoticeLog notices;
    public Optional<Cycle> cycle;
    public Optional<Instant> plannedTo;

    /** The instant of the step. */
    public final Instant now;

    /** How far time has been made to pass in this step; empty at its beginning. */
    private Optional<Instant> clock = Optional.empty();

    private final boolean hadWindows;
    private final Optional<TherapistNote.Holding> heldBefore;
    private final List<Effect> effects = new ArrayList<>();

    public StepBuilder(Timetable timetable, Instant now) {
        this.thread = timetable.thread();
        this.client = timetable.client();
        this.surroundings = timetable.surroundings();
        this.terms = new ArrayList<>(timetable.terms());
        this.series = new ArrayList<>(timetable.series());
        this.windows = new ArrayList<>(timetable.windows());
        this.held = new ArrayList<>(timetable.held());
        this.answers = new ArrayList<>(timetable.answers());
        this.notices = timetable.notices();
        this.cycle = timetable.cycle();
        this.plannedTo = timetable.plannedTo();
        this.now = now;
        this.hadWindows = hasWindows();
        this.heldBefore = heldNote();
    }

    /** The instant at which what is due at once happens. */
    public Instant clock() {
        return clock.orElse(now);
    }

    /** When something that was due then happens: never before what has happened already. */
    public Instant notBefore(Instant due) {
        return clock.filter(due::isBefore).orElse(due);
    }

    public Instant reach(Instant at) {
        clock = Optional.of(at);
        return at;
    }

    public Terms termsAt(Instant instant) {
        return Timetable.termsAt(terms, instant);
    }

    public void todo(Effect effect) {
        effects.add(effect);
    }

    public void tell(ClientLetter notice) {
        effects.add(new Effect.TellClient(notice, Optional.empty()));
    }

    public void tell(ClientLetter notice, NoticeId name) {
        effects.add(new Effect.TellClient(notice, Optional.empty(), Optional.of(name)));
    }

    public void tell(TherapistNote note) {
        effects.add(new Effect.TellTherapist(note));
    }

    /** Puts a window in, or in the place of the one of its name. */
    public void put(Window window) {
        windows.removeIf(other -> other.id().equals(window.id()));
        windows.add(window);
        windows.sort(BY_OPEN);
    }

    public void put(Series one) {
        series.removeIf(other -> other.uid().equals(one.uid()));
        series.add(one);
    }

    public Optional<Series> series(String uid) {
        return series.stream().filter(one -> one.uid().equals(uid)).findFirst();
    }

    /** The windows of which something is true, by their open; a copy. */
    public List<Window> windows(Predicate<Window> which) {
        return windows.stream().filter(which).sorted(BY_OPEN).toList();
    }

    public boolean isOpen() {
        return windows.stream().anyMatch(window -> window.state() == WindowState.OPEN);
    }

    /** The next open. */
    public Optional<Window> next() {
        return windows(Window::ahead).stream().findFirst();
    }

    public Optional<Instant> nextOpen() {
        return next().map(Window::opensAt);
    }

    /** What a window that is planned now is for. */
    public WindowKind kind(Instant at) {
        return termsAt(at).mode() == ThreadMode.MESSAGING ? WindowKind.HOURS : WindowKind.LIVE;
    }

    /** Letters about an event that no server of the client's has taken. */
    public List<Timetable.OnItsWay> onTheirWay(String uid) {
        return surroundings.onTheirWay().stream()
                .filter(letter -> letter.uid().equals(uid))
                .toList();
    }

    /** Held mail that is to become visible, in order of acceptance. */
    public List<HeldMail> waiting() {
        return held.stream()
                .filter(mail -> mail.fate() == HeldMail.Fate.RELEASE)
                .sorted(Comparator.comparing(HeldMail::acceptedAt))
                .toList();
    }

    /** What the therapist is told of what is not visible; empty if that is nothing. */
    private Optional<TherapistNote.Holding> heldNote() {
        if (held.isEmpty()) {
            return Optional.empty();
        }
        List<HeldMail> waiting = waiting();
        Optional<HeldMail> oldest = waiting.stream().findFirst();
        Optional<Instant> session = nextOpen();
        Optional<Instant> passedOn =
                oldest.map(mail -> session.map(mail::passedOn).orElse(mail.until()));
        return Optional.of(new TherapistNote.Holding(
                waiting.size(),
                oldest.map(HeldMail::acceptedAt),
                passedOn,
                passedOn.isPresent() && passedOn.equals(session),
                held.size() - waiting.size()));
    }

    private boolean hasWindows() {
        return windows.stream().anyMatch(window -> window.ahead() || window.state() == WindowState.OPEN);
    }

    /** Answers that wait for the open wait for nothing any more: their writer has to know. */
    private void tellOfAnswersLeft() {
        boolean posted = effects.stream().anyMatch(Effect.PostWaitingForOpen.class::isInstance);
        if (surroundings.atOpen() > 0 && hadWindows && !hasWindows() && !posted) {
            tell(new TherapistNote.StillWaiting(surroundings.atOpen()));
        }
    }

    private Timetable timetable() {
        return new Timetable(
                thread, terms, client, series, windows, held, notices, cycle, answers, plannedTo, surroundings);
    }

    /** What the step comes to. */
    public Step step(Optional<Instant> wake) {
        tellOfAnswersLeft();
        // The therapist's note about held mail is brought up to date, whatever event changed the number.
        heldNote().filter(note -> !heldBefore.equals(Optional.of(note))).ifPresent(this::tell);
        List<Window> old = windows(window -> window.state().ended()
                && window.closesAt().isBefore(now.minus(LOOK_BACK))
                && !lastOfSeries(window)
                && !WeeklyHoursNote.isUntold(this, window));
        windows.removeAll(old);
        return new Step(timetable(), effects, wake);
    }

    /** Whether it is what the client knows as the usual time of a series that goes on. */
    private boolean lastOfSeries(Window ended) {
        return windows.stream()
                        .anyMatch(other -> other.key().uid().equals(ended.key().uid()) && other.ahead())
                && windows.stream()
                        .noneMatch(other -> other.key().uid().equals(ended.key().uid())
                                && other.state().ended()
                                && other.opensAt().isAfter(ended.opensAt()));
    }
}
