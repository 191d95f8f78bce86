package org.therapost.domain.sessions.model;

import java.time.ZoneId;
import java.util.Locale;
import java.util.Optional;

/**
 * How letters to a client are written.
 *
 * @param zone in which times are told
 * @param language of notices
 * @param crisis how crisis information is given
 * @param crisisText whom to call in a crisis, if open text was chosen; of the practice's own wording
 */
public record ClientSettings(ZoneId zone, Locale language, Crisis crisis, Optional<String> crisisText) {

    /** How crisis information is given in notices. */
    public enum Crisis {
        /** Where to find it, without saying what it is. */
        POINTER,
        /** In open text, as chosen at enrolment. */
        OPEN
    }
}
