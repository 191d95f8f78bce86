package org.therapost.domain.sessions.engine;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowId;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Step;

/** A time machine: what will happen to a thread if nobody writes, and nothing else happens. It touches nothing. */
public final class Simulation {

    private final Sessions sessions;

    public Simulation(Occurrences occurrences) {
        this.sessions = new Sessions(occurrences);
    }

    /** Lets time pass, and tells what happens when: ascending, from the first instant up to and without the last. */
    public List<SimulatedEvent> run(Timetable timetable, Instant from, Instant to) {
        List<SimulatedEvent> happenings = new ArrayList<>();
        Timetable state = timetable;
        Optional<Instant> at = Optional.of(from);
        while (at.filter(to::isAfter).isPresent()) {
            Instant now = at.get();
            Step step = sessions.advance(state, now);
            List<SimulatedEvent.Change> changes = changes(state, step.next());
            if (!changes.isEmpty() || !step.effects().isEmpty()) {
                happenings.add(new SimulatedEvent(now, changes, step.effects()));
            }
            state = step.next();
            at = step.wake();
        }
        return happenings;
    }

    private static List<SimulatedEvent.Change> changes(Timetable before, Timetable after) {
        Map<WindowId, WindowState> known =
                before.windows().stream().collect(Collectors.toMap(Window::id, Window::state));
        return after.windows().stream()
                .filter(window -> window.state() != known.get(window.id()))
                .map(window -> new SimulatedEvent.Change(window, Optional.ofNullable(known.get(window.id()))))
                .toList();
    }
}
