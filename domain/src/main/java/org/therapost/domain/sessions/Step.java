package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One step: the next timetable and what has to be done for it.
 *
 * @param wake when time alone makes the next step
 */
public record Step(Timetable next, List<Effect> effects, Optional<Instant> wake) {

    public Step {
        effects = List.copyOf(effects);
    }
}
