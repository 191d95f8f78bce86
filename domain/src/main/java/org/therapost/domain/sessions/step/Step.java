package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sessions.model.Timetable;

/**
 * The result of a step: the next timetable and the effects to carry out.
 *
 * @param wake when time alone makes the next step
 */
public record Step(Timetable next, List<Effect> effects, Optional<Instant> wake) {

    public Step {
        effects = List.copyOf(effects);
    }
}
