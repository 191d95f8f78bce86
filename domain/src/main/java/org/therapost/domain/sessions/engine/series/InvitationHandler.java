package org.therapost.domain.sessions.engine.series;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.TimeSpan;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.StepBuilder;
import org.therapost.domain.sessions.step.StepView;

/** What the therapist's calendar program says: invitations, their updates, and cancellations (RFC 5546 section 3.2). */
public final class InvitationHandler {

    private final SeriesLimits limits;
    private final SeriesLetters letters;
    private final WindowRescheduling windowRescheduling;

    public InvitationHandler(WindowPlanning windowPlanning, SeriesLimits limits) {
        this.limits = limits;
        this.letters = new SeriesLetters(windowPlanning);
        this.windowRescheduling = new WindowRescheduling(windowPlanning);
    }

    public void take(StepBuilder stepBuilder, EmailAddress therapist, CalendarMessage message, Instant at) {
        if (message instanceof CalendarMessage.Request request) {
            if (isOrganizer(stepBuilder, request.organizer(), therapist, at)) {
                request.events().forEach(event -> event(stepBuilder, event, at));
                request.singles().forEach(single -> single(stepBuilder, single, at));
            }
        } else if (message instanceof CalendarMessage.Cancel cancel) {
            if (isOrganizer(stepBuilder, cancel.organizer(), therapist, at)) {
                cancel(stepBuilder, cancel, at);
            }
        } else if (message instanceof CalendarMessage.Unusable unusable) {
            stepBuilder.tell(new TherapistNote.NotUnderstood(unusable.reason(), unusable.detail()));
        } else {
            // Only the attendee may answer or propose another time.
            log(stepBuilder, Effect.Event.NOT_THE_ORGANIZER, at);
        }
    }

    private static boolean isOrganizer(
            StepBuilder stepBuilder, EmailAddress organizer, EmailAddress therapist, Instant at) {
        boolean is = organizer.sameMailbox(therapist);
        if (!is) {
            log(stepBuilder, Effect.Event.NOT_THE_ORGANIZER, at);
        }
        return is;
    }

    private static void log(StepBuilder stepBuilder, Effect.Event event, Instant at) {
        stepBuilder.todo(new Effect.Log(event, Optional.empty(), at));
    }

    /** A whole event, new or newer. */
    public void event(StepBuilder stepBuilder, Series event, Instant at) {
        Optional<Series> older = stepBuilder.series(event.uid());
        int order =
                older.map(known -> event.revision().compareTo(known.revision())).orElse(1);
        if (order < 0) {
            // RFC 5546 section 2.1.5: a lower SEQUENCE, or the same with an earlier DTSTAMP, is stale.
            log(stepBuilder, Effect.Event.STALE, at);
        }
        if (order <= 0) {
            return;
        }
        Series newer = older.map(event::after).orElse(event);
        if (refused(stepBuilder, newer, older, at)) {
            return;
        }
        if (older.filter(known -> !known.samePattern(newer)).isPresent()) {
            stepBuilder.forgetAnswers(answer -> answer.key().uid().equals(event.uid()));
        }
        DatesKnownToClient known = DatesKnownToClient.of(stepBuilder, newer.uid());
        stepBuilder.put(newer);
        boolean changed = windowRescheduling.follow(stepBuilder, older, newer, at);
        letters.changed(stepBuilder, older, newer, changed, known, at);
    }

    /** An event that cannot be planned changes nothing, and a note tells the therapist why. */
    private boolean refused(StepBuilder stepBuilder, Series newer, Optional<Series> older, Instant at) {
        Optional<CalendarMessage.Reason> refusal =
                limits.refusal(newer, older, stepBuilder.termsAt(at).zone(), at);
        refusal.ifPresent(reason -> stepBuilder.tell(new TherapistNote.NotUnderstood(reason, Optional.empty())));
        return refusal.isPresent();
    }

    /** One instance of a series; of a series that was never sent, the invitation to this instance alone. */
    private void single(StepBuilder stepBuilder, CalendarMessage.Single single, Instant at) {
        LocalDateTime original =
                single.key().recurrenceId().orElse(single.instance().start());
        Optional<Series> older = stepBuilder.series(single.key().uid());
        if (older.filter(series -> known(stepBuilder, series, original)
                                .compareTo(single.instance().revision())
                        > 0)
                .isPresent()) {
            log(stepBuilder, Effect.Event.STALE, at);
            return;
        }
        Series newer = older.map(series -> series.moving(original, single.instance()))
                .orElseGet(() -> alone(single, original));
        if (newer.equals(older.orElse(null)) || refused(stepBuilder, newer, older, at)) {
            return;
        }
        stepBuilder.forgetAnswers(answer -> answer.key().equals(newer.key(original)));
        DatesKnownToClient known = DatesKnownToClient.of(stepBuilder, newer.uid());
        stepBuilder.put(newer);
        boolean changed = windowRescheduling.follow(stepBuilder, older, newer, at);
        letters.changed(stepBuilder, older, newer, changed, known, at);
    }

    private static Series alone(CalendarMessage.Single single, LocalDateTime original) {
        Series.Instance instance = single.instance();
        return new Series(
                single.key().uid(),
                instance.revision(),
                Series.Pattern.once(original, instance.zone(), instance.length()),
                Set.of(),
                Map.of(original, instance));
    }

    /** The newest state that is known of an instance; a cancelled one is known by its window. */
    private static Revision known(StepView step, Series series, LocalDateTime original) {
        Revision revision = series.instance(original).revision();
        return step.windows(window -> window.key().equals(series.key(original))).stream()
                .map(Window::revision)
                .reduce(revision, (one, other) -> one.compareTo(other) < 0 ? other : one);
    }

    private void cancel(StepBuilder stepBuilder, CalendarMessage.Cancel cancel, Instant at) {
        Series series = stepBuilder.series(cancel.key().uid()).orElse(null);
        if (series == null) {
            return;
        }
        Optional<LocalDateTime> instance = cancel.key()
                .recurrenceId()
                .filter(original -> series.key(original).recurrenceId().isPresent());
        Revision known =
                instance.map(original -> known(stepBuilder, series, original)).orElse(series.revision());
        if (cancel.revision().compareTo(known) < 0) {
            log(stepBuilder, Effect.Event.STALE, at);
            return;
        }
        cancel(stepBuilder, series, instance, cancel.revision(), at);
    }

    /** Cancels a series or one instance, and tells the client if anything was still to come. */
    public void cancel(
            StepBuilder stepBuilder, Series series, Optional<LocalDateTime> instance, Revision by, Instant at) {
        DatesKnownToClient known = DatesKnownToClient.of(stepBuilder, series.uid());
        List<Window> ended = stepBuilder.windows(
                window -> isOf(window, series, instance) && !window.state().ended());
        stepBuilder.put(instance.map(series::excluding).orElseGet(() -> series.cancelled(by)));
        ended.forEach(window -> WindowRescheduling.end(stepBuilder, window.of(by), WindowState.CANCELLED, at));
        Optional<Instant> opens = ended.stream()
                .findFirst()
                .map(window -> known.span(window.key()).orElse(window.span()).from())
                .or(() -> instance.map(series::span).map(TimeSpan::from).filter(at::isBefore));
        int sequence = Math.max(by.sequence() + series.told().ahead(), sent(series, instance) + 1);
        opens.ifPresent(opensAt ->
                letters.cancelled(stepBuilder, series, instance.map(series::key), sequence, known, opensAt, at));
    }

    private static boolean isOf(Window window, Series series, Optional<LocalDateTime> instance) {
        return window.key().uid().equals(series.uid())
                && instance.map(original -> series.key(original).equals(window.key()))
                        .orElse(true);
    }

    /** The highest {@code SEQUENCE} that the client's calendar has of what is cancelled. */
    private static int sent(Series series, Optional<LocalDateTime> instance) {
        return instance.map(series::sequenceForClient).orElseGet(series::highestForClient);
    }

    /** An event of one instance that the therapist proposes without a calendar program. */
    public static Series proposal(StepView step, Instant opensAt, Duration length, Instant at) {
        WallClock zone = WallClock.of(step.termsAt(at).zone());
        LocalDateTime start = zone.local(opensAt);
        WindowKey name = new WindowKey("proposal", Optional.empty());
        String uid = WindowId.of(step.thread(), name, opensAt, at).value().toString();
        return new Series(uid, new Revision(0, at), Series.Pattern.once(start, zone, length));
    }
}
