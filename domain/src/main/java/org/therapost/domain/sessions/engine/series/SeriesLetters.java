package org.therapost.domain.sessions.engine.series;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.letters.TherapistNote.Confirmed.Mark;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowKind;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;
import org.therapost.domain.sessions.step.TimedRule;

/**
 * Letters and notes about an event that was made, changed or cancelled. A client who was not told of the
 * event gets an invitation; a client who was told gets the changes since then. A newer letter replaces
 * those that have not left.
 */
public final class SeriesLetters {

    private static final int UPCOMING = 3;

    private final WindowPlanning windowPlanning;

    SeriesLetters(WindowPlanning windowPlanning) {
        this.windowPlanning = windowPlanning;
    }

    public static List<TimedRule> rules(WindowPlanning windowPlanning) {
        return List.of(new Untold(new SeriesLetters(windowPlanning)));
    }

    /**
     * An event was made or changed.
     *
     * @param news whether the client has to hear of it
     * @param known the dates of the event as the client knew them
     */
    void changed(
            StepBuilder stepBuilder,
            Optional<Series> older,
            Series newer,
            boolean news,
            DatesKnownToClient known,
            Instant at) {
        if (news) {
            inform(stepBuilder, older, newer, known, at);
        }
        Set<Mark> marks = clashes(stepBuilder, newer);
        if (older.isPresent()) {
            marks.add(Mark.UPDATE);
        }
        if (stepBuilder.series(newer.uid()).orElse(newer).told().waiting()) {
            marks.add(Mark.CLIENT_NOT_TOLD);
        }
        stepBuilder.tell(new TherapistNote.Confirmed(newer, upcoming(stepBuilder, newer, at), marks));
    }

    private void inform(
            StepBuilder stepBuilder, Optional<Series> older, Series newer, DatesKnownToClient known, Instant at) {
        if (!stepBuilder.surroundings().reachable()) {
            stepBuilder.put(newer.with(newer.told().waits()));
            return;
        }
        withdraw(stepBuilder, newer);
        if (hasNotHeardOf(stepBuilder, newer)) {
            invite(stepBuilder, newer, at);
            return;
        }
        Series risen = told(newer.rising(older.orElse(newer).highestForClient() + 1));
        stepBuilder.put(risen);
        SeriesChanges.since(stepBuilder, older, risen, known, upcoming(stepBuilder, newer, at), at)
                .ifPresent(stepBuilder::tell);
    }

    private void invite(StepBuilder stepBuilder, Series series, Instant at) {
        Series invited = series.with(series.told().invited(at));
        stepBuilder.put(invited);
        stepBuilder.tell(
                new ClientLetter.Invitation(invited, upcoming(stepBuilder, series, at), asks(stepBuilder, at)));
    }

    private static Series told(Series series) {
        return series.with(series.told().done());
    }

    static boolean asks(StepView step, Instant at) {
        return step.kind(at) == WindowKind.LIVE;
    }

    /** Letters about the event that have not left do not leave. */
    private static void withdraw(StepBuilder stepBuilder, Series series) {
        if (!stepBuilder.onTheirWay(series.uid()).isEmpty()) {
            stepBuilder.todo(new Effect.WithdrawLetters(series.uid()));
        }
    }

    private static boolean hasNotHeardOf(StepView step, Series series) {
        return series.told().invitedAt().isEmpty()
                || step.onTheirWay(series.uid()).stream()
                        .anyMatch(waiting -> waiting.letter() == Timetable.EventLetter.INVITATION);
    }

    /**
     * An event, or one instance of it, was cancelled that had a date ahead.
     *
     * @param series as it was
     * @param sequence of the cancellation
     * @param opensAt the first date that is no more, as the client knows it
     */
    void cancelled(
            StepBuilder stepBuilder,
            Series series,
            Optional<WindowKey> instance,
            int sequence,
            DatesKnownToClient known,
            Instant opensAt,
            Instant at) {
        boolean overtakes = !stepBuilder.onTheirWay(series.uid()).isEmpty();
        withdraw(stepBuilder, series);
        Series now = stepBuilder.series(series.uid()).orElse(series);
        if (hasNotHeardOf(stepBuilder, series)) {
            Series unheard = now.with(now.told().neverInvited());
            stepBuilder.put(unheard);
            if (instance.isPresent()
                    && stepBuilder.windows(one -> isOf(series, one)).stream().anyMatch(Window::ahead)) {
                inform(stepBuilder, Optional.of(series), unheard, known, at);
            }
            return;
        }
        Series risen = told(now.rising(sequence));
        stepBuilder.put(risen);
        if (instance.isPresent() && overtakes) {
            // A withdrawn letter may have told of another date, so this letter tells both.
            SeriesChanges.since(stepBuilder, Optional.of(series), risen, known, upcoming(stepBuilder, risen, at), at)
                    .ifPresent(stepBuilder::tell);
        } else {
            stepBuilder.tell(new ClientLetter.Cancellation(
                    risen, instance, Math.max(sequence, risen.highestForClient()), opensAt));
        }
    }

    private static boolean isOf(Series series, Window window) {
        return window.key().uid().equals(series.uid());
    }

    private List<Instant> upcoming(StepBuilder stepBuilder, Series series, Instant at) {
        return windowPlanning.instances(series, at, WindowPlanning.horizon(stepBuilder, at)).stream()
                .limit(UPCOMING)
                .map(planned -> planned.span().from())
                .toList();
    }

    /** A set of its own, of one mark at most. */
    private static Set<Mark> clashes(StepView step, Series series) {
        boolean clashes = step
                .windows(window -> isOf(series, window) && !window.state().ended())
                .stream()
                .anyMatch(window -> step.surroundings().elsewhere().stream()
                        .anyMatch(span -> span.overlaps(window.opensAt(), window.closesAt())));
        return clashes ? EnumSet.of(Mark.CLASHES) : EnumSet.noneOf(Mark.class);
    }

    /** There is a way to the client at last: what still lies ahead is told. */
    private record Untold(SeriesLetters letters) implements TimedRule {

        @Override
        public Optional<Instant> due(StepView step) {
            return step.surroundings().reachable()
                            && step.series().stream()
                                    .anyMatch(series -> series.told().waiting())
                    ? Optional.of(step.clock())
                    : Optional.empty();
        }

        @Override
        public void happen(StepBuilder stepBuilder, Instant at) {
            Series series = stepBuilder.series().stream()
                    .filter(one -> one.told().waiting())
                    .findFirst()
                    .orElseThrow();
            stepBuilder.put(told(series));
            List<Instant> upcoming = letters.upcoming(stepBuilder, series, at);
            if (upcoming.isEmpty()) {
                return;
            }
            withdraw(stepBuilder, series);
            if (hasNotHeardOf(stepBuilder, series)) {
                letters.invite(stepBuilder, series, at);
            } else {
                Series risen = told(series.rising(series.highestForClient() + 1));
                stepBuilder.put(risen);
                stepBuilder.tell(new ClientLetter.Change(
                        risen, ClientLetter.Differences.ALL_ANEW, upcoming, asks(stepBuilder, at)));
            }
            stepBuilder.tell(new TherapistNote.Confirmed(series, upcoming, clashes(stepBuilder, series)));
        }
    }
}
