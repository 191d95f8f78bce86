package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;
import org.therapost.domain.conversation.DeliveryMark;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.engine.AdmissionResult;
import org.therapost.domain.sessions.engine.SimulatedEvent;
import org.therapost.domain.sessions.engine.Simulation;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;

/** What holds whatever happens, in whatever order. */
class SessionPropertiesTest {

    private static final String SEED = "20261122";
    private static final Instant OPENS = Instant.parse("2026-11-04T18:00:00Z");

    @Provide
    Arbitrary<List<Happened>> histories() {
        Arbitrary<Happened> one = Combinators.combine(
                        Arbitraries.of(Happened.What.values()),
                        Arbitraries.frequencyOf(
                                net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(0, 30)),
                                net.jqwik.api.Tuple.of(4, Arbitraries.integers().between(30, 3_000)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(3_000, 60_000)),
                                net.jqwik.api.Tuple.of(1, Arbitraries.integers().between(-90, -1))),
                        Arbitraries.integers().between(0, 9))
                .as(Happened::new);
        return one.list().ofMinSize(1).ofMaxSize(40);
    }

    @Property(tries = 300, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
    void whatever_happens_every_rule_of_the_house_holds(
            @ForAll("histories") List<Happened> history, @ForAll OutsideMailPolicy outsideMailPolicy) {
        History course = new History(outsideMailPolicy);
        history.forEach(course::happen);
        course.end();

        assertThat(course.broken()).isEmpty();
    }

    @Property(tries = 60, seed = SEED, shrinking = ShrinkingMode.BOUNDED)
    void time_that_passes_at_once_or_in_steps_comes_to_the_same(
            @ForAll("histories") List<Happened> history, @ForAll List<@IntRange(min = 1, max = 40_000) Integer> stops) {
        History course = new History(OutsideMailPolicy.HOLD);
        history.forEach(course::happen);
        Couch couch = course.couch;
        TreeSet<Instant> instants = stops.stream()
                .map(minutes -> couch.now.plus(Duration.ofMinutes(minutes)))
                .collect(Collectors.toCollection(TreeSet::new));
        Instant last = couch.now.plus(Duration.ofMinutes(40_000));

        Step atOnce = couch.sessions.advance(couch.timetable, last);
        Timetable state = couch.timetable;
        List<Effect> effects = new ArrayList<>();
        instants.add(last);
        for (Instant instant : instants) {
            Step step = couch.sessions.advance(state, instant);
            effects.addAll(step.effects());
            state = step.next();
        }

        assertThat(lasting(effects)).isEqualTo(lasting(atOnce.effects()));
        assertThat(state).isEqualTo(atOnce.next());
    }

    /** The note of what is held says what is so at the end of a step, and each takes the place of the one before. */
    private static List<Effect> lasting(List<Effect> effects) {
        return effects.stream()
                .filter(effect ->
                        !(effect instanceof Effect.TellTherapist tell && tell.note() instanceof TherapistNote.Holding))
                .toList();
    }

    @Property(tries = 300, seed = SEED)
    void inside_is_from_the_open_until_before_the_close_and_the_grace_follows(
            @ForAll @IntRange(min = -7_200, max = 7_200) int seconds) {
        Couch couch = Couch.holding().invitesWeekly();
        Instant accepted = OPENS.plusSeconds(seconds);
        AdmissionResult.Visibility visibility = couch.receives(couch.mail("hello", false, 1), accepted);

        boolean inside = seconds >= 0 && seconds < 3_000;
        boolean grace = seconds >= 3_000 && seconds < 3_300;
        assertThat(visibility.equals(new AdmissionResult.Visibility.Visible(DeliveryMark.NONE)))
                .isEqualTo(inside);
        assertThat(visibility.equals(new AdmissionResult.Visibility.Visible(DeliveryMark.AFTER_THE_END)))
                .isEqualTo(grace);
        assertThat(visibility instanceof AdmissionResult.Visibility.Held).isEqualTo(!inside && !grace);
    }

    @Provide
    Arbitrary<ZoneId> zones() {
        return Arbitraries.of(
                        "Europe/London",
                        "Europe/Berlin",
                        "America/New_York",
                        "America/St_Johns",
                        "America/Santiago",
                        "Australia/Lord_Howe",
                        "Pacific/Auckland",
                        "Africa/Casablanca",
                        "Asia/Kolkata")
                .map(ZoneId::of);
    }

    @Property(tries = 300, seed = SEED)
    void on_days_when_the_clocks_change_no_session_vanishes_and_none_changes_its_length(
            @ForAll("zones") ZoneId zone,
            @ForAll @IntRange(min = 2026, max = 2036) int year,
            @ForAll @IntRange(max = 1_439) int minute,
            @ForAll @IntRange(min = 10, max = 180) int length) {
        Instant after = LocalDate.of(year, 1, 1).atStartOfDay(zone).toInstant();
        Optional<ZoneOffsetTransition> change =
                Optional.ofNullable(zone.getRules().nextTransition(after));
        LocalDate day = change.map(ZoneOffsetTransition::getInstant)
                .orElse(after)
                .atZone(zone)
                .toLocalDate();
        LocalDateTime start = day.atTime(LocalTime.of(minute / 60, minute % 60));
        Instant now = day.minusDays(10).atStartOfDay(zone).toInstant();
        Couch couch = new Couch(Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), zone, now.toString());
        couch.invites(Couch.event(Couch.UID, zone, start.minusDays(7).toString(), length, "FREQ=DAILY;COUNT=10", 0));

        List<Window> windows = couch.timetable.windows();
        assertThat(windows).hasSize(10).allMatch(window -> window.length().equals(Duration.ofMinutes(length)));
        Window that = windows.get(7);
        boolean skipped = zone.getRules().getValidOffsets(start).isEmpty();
        LocalDateTime local = WallClock.of(zone).local(that.opensAt());
        if (skipped) {
            assertThat(local).isAfter(start).isBefore(start.plusHours(3));
        } else {
            assertThat(local).isEqualTo(start);
        }
    }

    @Property(tries = 6, seed = SEED)
    void a_weekly_session_takes_place_522_times_in_ten_years_at_its_local_time(
            @ForAll("zones") ZoneId zone, @ForAll @IntRange(min = 6, max = 21) int hour) {
        Couch couch =
                new Couch(Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD), Couch.LONDON, "2026-11-01T00:00:00Z");
        LocalDateTime start = LocalDate.parse("2026-11-04").atTime(hour, 0);
        couch.invites(Couch.event(Couch.UID, zone, start.toString(), 50, "FREQ=WEEKLY", 0));
        Instant end = start.plusYears(10).atZone(zone).toInstant();

        List<LocalDateTime> held = new Simulation(new SimpleOccurrences())
                .run(couch.timetable, couch.now, end).stream()
                        .flatMap(simulatedEvent -> simulatedEvent.changes().stream())
                        .map(SimulatedEvent.Change::window)
                        .filter(window -> window.state() == WindowState.OPEN)
                        .map(window -> WallClock.of(zone).local(window.opensAt()))
                        .toList();

        assertThat(held).hasSize(522);
        for (int week = 0; week < held.size(); week++) {
            assertThat(held.get(week)).isEqualTo(start.plusWeeks(week));
        }
    }

    @Property(tries = 100, seed = SEED)
    void windows_of_a_day_that_overlap_or_touch_are_one_without_a_gap_and_with_one_grace(
            @ForAll Set<@IntRange(min = 8, max = 18) Integer> hours) {
        Couch couch = Couch.with(OutsideMailPolicy.HOLD);
        for (int hour : hours) {
            LocalDateTime start = LocalDate.parse("2026-11-04").atTime(hour, 0);
            couch.invites(Couch.event(hour + "@calendar.example", Couch.LONDON, start.toString(), 60, "", 0));
        }
        for (int minute = 7 * 60; minute < 20 * 60; minute += 5) {
            Instant at = Instant.parse("2026-11-04T00:00:00Z").plus(Duration.ofMinutes(minute));
            couch.at(at.toString());
            boolean inside = hours.contains(minute / 60);
            long open = couch.timetable.windows().stream()
                    .filter(window -> window.state() == WindowState.OPEN)
                    .count();
            long grace = couch.timetable.windows().stream()
                    .filter(window -> window.state() == WindowState.GRACE)
                    .count();
            assertThat(open).isEqualTo(inside ? 1 : 0);
            assertThat(grace).isEqualTo(!inside && minute % 60 == 0 && hours.contains(minute / 60 - 1) ? 1 : 0);
        }
    }
}
