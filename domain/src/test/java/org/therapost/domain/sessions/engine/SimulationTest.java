package org.therapost.domain.sessions.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sessions.Couch;
import org.therapost.domain.sessions.SimpleOccurrences;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.ThreadMode;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;

class SimulationTest {

    private final Simulation simulation = new Simulation(new SimpleOccurrences());

    @Test
    void a_week_shows_the_open_with_its_release_the_late_client_the_end_and_the_summary() {
        Couch couch = Couch.holding().invitesWeekly();
        couch.writes();

        List<SimulatedEvent> week = simulation.run(couch.timetable, couch.now, Instant.parse("2026-11-09T00:00:00Z"));

        assertThat(week)
                .extracting(SimulatedEvent::at)
                .containsExactly(
                        Instant.parse("2026-11-04T18:00:00Z"),
                        Instant.parse("2026-11-04T18:15:00Z"),
                        Instant.parse("2026-11-04T18:50:00Z"),
                        Instant.parse("2026-11-04T18:55:00Z"));
        assertThat(week.get(0).effects()).hasAtLeastOneElementOfType(Effect.Release.class);
        assertThat(week.get(0).changes()).singleElement().satisfies(change -> {
            assertThat(change.before()).contains(WindowState.PROPOSED);
            assertThat(change.window().state()).isEqualTo(WindowState.OPEN);
        });
    }

    @Test
    void a_year_has_every_wednesday_at_its_local_time_and_both_heads_ups() {
        Couch couch = new Couch(
                        Couch.terms(ThreadMode.LIVE, OutsideMailPolicy.HOLD),
                        ZoneId.of("America/New_York"),
                        "2026-01-05T09:00:00Z")
                .invites(Couch.event(Couch.UID, "2026-01-07T18:00", "FREQ=WEEKLY", 0));

        List<SimulatedEvent> year = simulation.run(couch.timetable, couch.now, Instant.parse("2027-01-01T00:00:00Z"));

        List<Window> opened = year.stream()
                .flatMap(simulatedEvent -> simulatedEvent.changes().stream())
                .map(SimulatedEvent.Change::window)
                .filter(window -> window.state() == WindowState.OPEN)
                .toList();
        assertThat(opened).hasSize(52);
        assertThat(opened)
                .extracting(window -> WallClock.of(Couch.LONDON)
                        .local(window.opensAt())
                        .toLocalTime()
                        .toString())
                .containsOnly("18:00");
        assertThat(year.stream().flatMap(simulatedEvent -> Couch.notices(simulatedEvent.effects()).stream()))
                .filteredOn(ClientLetter.ClocksChange.class::isInstance)
                .hasSize(4);
    }

    @Test
    void it_touches_nothing() {
        Couch couch = Couch.holding().invitesWeekly();
        Timetable before = couch.timetable;
        simulation.run(couch.timetable, couch.now, Instant.parse("2027-06-01T00:00:00Z"));

        assertThat(couch.timetable).isEqualTo(before);
        assertThat(couch.at("2026-11-04T18:00:00Z").notes()).hasSize(1);
    }

    @Test
    void nothing_agreed_is_nothing_to_tell() {
        Couch couch = Couch.holding();

        assertThat(simulation.run(couch.timetable, couch.now, Instant.parse("2027-06-01T00:00:00Z")))
                .isEmpty();
        assertThat(couch.wake).isEqualTo(Optional.empty());
    }
}
