package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.Optional;

/** Something that time alone brings about. */
interface Rule {

    /** When it is due, seen from the draft as it is; in the past if it should have happened already. */
    Optional<Instant> due(Draft draft);

    /** Makes it happen; afterwards it is not due at that instant any more. */
    void happen(Draft draft, Instant at);
}
