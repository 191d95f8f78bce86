package org.therapost.domain.sessions.calendar;

import java.util.Optional;

/** Makes a {@link WallClock} again from its name and definition, as they are stored. */
public interface WallClocks {

    /**
     * The zone of that name, or the one that is defined.
     *
     * @param definition a {@code VTIMEZONE} component; empty if the name is that of an IANA zone
     * @throws IllegalArgumentException if there is no such zone, or the definition is not one
     */
    WallClock of(String name, Optional<String> definition);
}
