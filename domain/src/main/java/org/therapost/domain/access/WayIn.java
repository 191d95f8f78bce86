package org.therapost.domain.access;

import java.util.UUID;
import org.therapost.domain.sealing.keys.KeyWrapping;

/**
 * One way into an account: a secret that somebody knows or a device has.
 *
 * @param usedToday whether it is noted already that it was used today (UTC)
 */
public record WayIn(UUID id, Kind kind, KeyWrapping wrapping, boolean usedToday) {

    /** What kind of secret it is. */
    public enum Kind {
        /** What a person chose. */
        PASSWORD,
        /** What was drawn for one device. */
        APP_PASSWORD,
        /** What was drawn to be kept on paper; no mail program logs in with it. */
        RECOVERY_CODE
    }

    WayIn with(KeyWrapping other) {
        return new WayIn(id, kind, other, usedToday);
    }
}
