package org.therapost.domain.sessions.engine;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.model.Window;
import org.therapost.domain.sessions.model.WindowState;
import org.therapost.domain.sessions.step.Effect;

/**
 * One event in the simulation of a thread.
 *
 * @param changes windows that begin to be planned, or change their state
 * @param effects what would be done
 */
public record SimulatedEvent(Instant at, List<Change> changes, List<Effect> effects) {

    public SimulatedEvent {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }

    /**
     * A window that changes.
     *
     * @param before empty if it was not planned before
     */
    public record Change(Window window, Optional<WindowState> before) {}
}
