package org.therapost.domain.sessions.step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;

/**
 * The next timetable in the making, and what was found to be done. It lives for one step. Only the engine writes to it
 * (held by {@code TypeRulesTest}); whoever only looks takes a {@link StepView}.
 */
public final class StepBuilder implements StepView {

    /** How long an ended window is looked back at: mail that was accepted in it can still be on its way through DATA. */
    private static final Duration LOOK_BACK = Duration.ofDays(2);

    private final ThreadId thread;
    private final ClientSettings client;
    private final Timetable.Surroundings surroundings;
    private final List<Terms> terms;
    private final List<Series> series;
    private final List<Window> windows;
    private final List<HeldMail> held;
    private final List<Timetable.Answer> answers;
    private Timetable.NoticeLog notices;
    private Optional<Cycle> cycle;
    private Optional<Instant> plannedTo;
    private final Instant now;

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

    @Override
    public ThreadId thread() {
        return thread;
    }

    @Override
    public ClientSettings client() {
        return client;
    }

    @Override
    public Timetable.Surroundings surroundings() {
        return surroundings;
    }

    @Override
    public List<Terms> terms() {
        return Collections.unmodifiableList(terms);
    }

    @Override
    public List<Series> series() {
        return Collections.unmodifiableList(series);
    }

    @Override
    public List<Window> windows() {
        return Collections.unmodifiableList(windows);
    }

    @Override
    public List<HeldMail> held() {
        return Collections.unmodifiableList(held);
    }

    @Override
    public List<Timetable.Answer> answers() {
        return Collections.unmodifiableList(answers);
    }

    @Override
    public Timetable.NoticeLog notices() {
        return notices;
    }

    @Override
    public Optional<Cycle> cycle() {
        return cycle;
    }

    @Override
    public Optional<Instant> plannedTo() {
        return plannedTo;
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public Instant clock() {
        return clock.orElse(now);
    }

    @Override
    public Instant notBefore(Instant due) {
        return clock.filter(due::isBefore).orElse(due);
    }

    /** Time has been made to pass up to an instant, which it returns. */
    public Instant reach(Instant at) {
        clock = Optional.of(at);
        return at;
    }

    public void todo(Effect effect) {
        effects.add(effect);
    }

    public void tell(ClientLetter notice) {
        effects.add(new Effect.TellClient(notice, Optional.empty()));
    }

    public void tell(TherapistNote note) {
        effects.add(new Effect.TellTherapist(note));
    }

    /** Puts terms in, or in the place of those of the same date. */
    public void put(Terms agreed) {
        terms.removeIf(other -> other.since().equals(agreed.since()));
        terms.add(agreed);
        terms.sort(Comparator.comparing(Terms::since));
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

    /** Puts the client's answer in the place of the one before to the same event or instance. */
    public void put(Timetable.Answer answer) {
        answers.removeIf(other -> other.key().equals(answer.key()));
        answers.add(answer);
    }

    /** The event is not known any more, nor what the client answered to it. */
    public void forget(Series one) {
        series.remove(one);
        forgetAnswers(answer -> answer.key().uid().equals(one.uid()));
    }

    public void forgetAnswers(Predicate<Timetable.Answer> which) {
        answers.removeIf(which);
    }

    public void hold(HeldMail mail) {
        held.add(mail);
    }

    public void holdNoLonger(List<HeldMail> which) {
        held.removeAll(which);
    }

    public void changeHeld(UnaryOperator<HeldMail> change) {
        held.replaceAll(change);
    }

    /** Writes down what was told, and when. */
    public void note(UnaryOperator<Timetable.NoticeLog> entry) {
        notices = entry.apply(notices);
    }

    /** The cycle as it is from now on; empty if the terms have none. */
    public void cycle(Optional<Cycle> next) {
        cycle = next;
    }

    /** Every instance that opens before this is among the windows. */
    public void plannedTo(Instant horizon) {
        plannedTo = Optional.of(horizon);
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
                thread,
                new Timetable.Agreement(terms, client),
                new Timetable.Calendar(series, windows, answers, plannedTo),
                new Timetable.Told(held, notices),
                cycle,
                surroundings);
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
