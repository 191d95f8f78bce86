package org.therapost.domain.sessions.step;

import java.time.Instant;
import java.util.Optional;

/** Something that time alone brings about. */
public interface TimedRule {

    /** When it is due, seen from the draft as it is; in the past if it should have happened already. */
    Optional<Instant> due(StepView step);

    /** Makes it happen; afterwards it is not due at that instant any more. */
    void happen(StepBuilder stepBuilder, Instant at);
}
