package org.therapost.domain.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.Cycle;
import org.therapost.domain.sessions.model.HeldMail;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.OutsideMailPolicy;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowResult;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;

/**
 * Walks the states of a window, of held mail and of the rhythm of letters. From each of them time alone leads on, or it is an
 * end, of which somebody was told.
 */
class EndsTest {

    private static final String OPENS = "2026-11-04T18:00:00Z";

    /** Lets everything happen that time alone brings about, each thing at its own instant, for so long. */
    private static void live(Couch couch, Duration span) {
        Instant until = couch.now.plus(span);
        Optional<Instant> wake = couch.wake;
        while (wake.filter(until::isAfter).isPresent()) {
            couch.at(wake.get().toString());
            wake = couch.wake;
        }
        couch.at(until.toString());
    }

    // --- windows

    /** One way to each state of a window. */
    private static Map<WindowState, Couch> windows() {
        Map<WindowState, Couch> ways = new HashMap<>();
        ways.put(WindowState.PROPOSED, one());
        Couch accepted = one();
        accepted.replies("", 0, Participation.ACCEPTED);
        ways.put(WindowState.CONFIRMED, accepted);
        ways.put(WindowState.OPEN, one().at("2026-11-04T18:10:00Z"));
        ways.put(WindowState.GRACE, one().at("2026-11-04T18:51:00Z"));
        ways.put(WindowState.CLOSED, one().at("2026-11-04T19:00:00Z"));
        ways.put(WindowState.CANCELLED, one().cancels(Couch.UID, "", 1));
        ways.put(WindowState.SUPERSEDED, one().invites(Couch.event(Couch.UID, "2026-11-05T18:00", "", 1)));
        return ways;
    }

    private static Couch one() {
        return Couch.holding().invites(Couch.event(Couch.UID, "2026-11-04T18:00", "", 0));
    }

    @Test
    void there_is_a_way_to_each_state_of_a_window() {
        Map<WindowState, Couch> ways = windows();
        assertThat(ways.keySet()).isEqualTo(EnumSet.allOf(WindowState.class));
        ways.forEach((state, couch) -> assertThat(couch.timetable.windows())
                .as("the way to %s", state)
                .extracting(Window::state)
                .contains(state));
    }

    @TestFactory
    List<DynamicTest> each_state_of_a_window_leads_to_an_end_of_which_somebody_was_told() {
        List<DynamicTest> tests = new ArrayList<>();
        windows()
                .forEach((state, couch) -> tests.add(DynamicTest.dynamicTest(state.name(), () -> {
                    List<Window> before = couch.timetable.windows();
                    Set<WindowId> known = before.stream().map(Window::id).collect(Collectors.toSet());
                    if (before.stream().anyMatch(window -> !window.state().ended())) {
                        assertThat(couch.wake).as("time leads on").isPresent();
                    }
                    // Shorter than what is looked back at: the ended window is still there.
                    live(couch, Duration.ofDays(4));
                    assertThat(couch.timetable.windows())
                            .filteredOn(window -> known.contains(window.id()))
                            .as("nothing is left open")
                            .allMatch(window -> window.state().ended());
                    assertThat(toldOfTheEnd(couch)).as("somebody was told").isTrue();
                })));
        return tests;
    }

    private static boolean toldOfTheEnd(Couch couch) {
        return Couch.notes(couch.all).stream().anyMatch(TherapistNote.Summary.class::isInstance)
                || Couch.notices(couch.all).stream()
                        .anyMatch(notice ->
                                notice instanceof ClientLetter.Cancellation || notice instanceof ClientLetter.Change);
    }

    @Test
    void each_result_of_a_closed_window_is_in_a_summary() {
        Map<WindowResult, Consumer<Couch>> ways = Map.of(
                WindowResult.HELD_OK,
                couch -> {
                    couch.at("2026-11-04T18:10:00Z").writes();
                    couch.writesBack();
                },
                WindowResult.THERAPIST_ABSENT,
                couch -> couch.at("2026-11-04T18:10:00Z").writes(),
                WindowResult.CLIENT_ABSENT,
                couch -> couch.at("2026-11-04T18:10:00Z").writesBack(),
                WindowResult.OUTAGE,
                couch -> couch.outage("2026-11-04T17:00:00Z", "2026-11-04T19:30:00Z"));
        assertThat(ways.keySet()).isEqualTo(EnumSet.allOf(WindowResult.class));
        ways.forEach((result, way) -> {
            Couch couch = one();
            way.accept(couch);
            couch.at("2026-11-04T20:00:00Z");
            assertThat(Couch.notes(couch.all))
                    .filteredOn(TherapistNote.Summary.class::isInstance)
                    .extracting(note -> ((TherapistNote.Summary) note).window().result())
                    .containsExactly(Optional.of(result));
        });
    }

    // --- held mail

    @TestFactory
    List<DynamicTest> each_fate_of_held_mail_ends_in_the_folder_or_in_an_erasure_that_was_told() {
        Map<HeldMail.Fate, Couch> ways = new HashMap<>();
        Couch holding = Couch.holding().invitesWeekly();
        holding.writes();
        ways.put(HeldMail.Fate.RELEASE, holding);
        Couch untold = Couch.with(OutsideMailPolicy.RETURN).invitesWeekly();
        untold.writes();
        ways.put(HeldMail.Fate.RETURN, untold);
        Couch automatic = Couch.with(OutsideMailPolicy.RETURN).invitesWeekly();
        automatic.writesAutomatically();
        ways.put(HeldMail.Fate.RETURN_SILENTLY, automatic);
        Couch told = Couch.with(OutsideMailPolicy.RETURN).invitesWeekly();
        told.writes();
        NoticeId notice = told.timetable.held().get(0).notice().orElseThrow();
        told.take(told.sessions.delivered(told.timetable, new ParcelId(notice.value()), told.now));
        ways.put(HeldMail.Fate.ERASE, told);
        assertThat(ways.keySet()).isEqualTo(EnumSet.allOf(HeldMail.Fate.class));

        List<DynamicTest> tests = new ArrayList<>();
        ways.forEach((fate, couch) -> tests.add(DynamicTest.dynamicTest(fate.name(), () -> {
            assertThat(couch.timetable.held()).extracting(HeldMail::fate).containsExactly(fate);
            assertThat(couch.wake).as("time leads on").isPresent();
            live(couch, Duration.ofDays(8));
            assertThat(couch.timetable.held()).isEmpty();
            boolean erased = couch.all.stream().anyMatch(Effect.Erase.class::isInstance);
            boolean visible = couch.all.stream().anyMatch(Effect.Release.class::isInstance);
            assertThat(erased).isEqualTo(fate == HeldMail.Fate.ERASE);
            assertThat(visible).isNotEqualTo(erased);
        })));
        return tests;
    }

    // --- letters

    @Test
    void each_state_of_the_rhythm_of_letters_leads_on_and_the_last_ones_were_told() {
        Set<Cycle.State> seen = EnumSet.noneOf(Cycle.State.class);
        Couch silent = CycleTest.couch();
        see(silent, seen);
        silent.at("2026-11-05T18:00:00Z");
        see(silent, seen);
        live(silent, Duration.ofDays(40));
        see(silent, seen);
        assertThat(Couch.notes(silent.all)).hasAtLeastOneElementOfType(TherapistNote.Dormant.class);

        Couch couch = CycleTest.couch();
        couch.writes();
        see(couch, seen);
        couch.at("2026-11-05T18:00:00Z");
        see(couch, seen);
        live(couch, Duration.ofDays(10));
        see(couch, seen);
        assertThat(Couch.notes(couch.all)).hasAtLeastOneElementOfType(TherapistNote.Overdue.class);
        couch.writesBack();
        see(couch, seen);
        live(couch, Duration.ofDays(40));
        see(couch, seen);

        assertThat(seen).isEqualTo(EnumSet.allOf(Cycle.State.class));
        for (Couch dormant : List.of(silent, couch)) {
            dormant.writes();
            assertThat(dormant.timetable.cycle()).map(Cycle::state).contains(Cycle.State.RECEIVED);
        }
    }

    /** Only a silent client and an overdue answer may wait for somebody; all else time leads on. */
    private static void see(Couch couch, Set<Cycle.State> seen) {
        Cycle.State state = couch.timetable.cycle().orElseThrow().state();
        seen.add(state);
        if (state != Cycle.State.DORMANT && state != Cycle.State.OVERDUE) {
            assertThat(couch.wake).as("time leads on from %s", state).isPresent();
        }
    }

    @Test
    void an_agreed_time_that_opens_is_as_visible_as_its_end() {
        Couch couch = one();
        couch.writes();
        couch.at(OPENS);
        assertThat(couch.notes()).hasAtLeastOneElementOfType(TherapistNote.Opened.class);
        assertThat(couch.released()).hasSize(1);
    }
}
