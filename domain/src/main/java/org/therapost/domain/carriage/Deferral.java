package org.therapost.domain.carriage;

import java.time.Duration;
import java.util.Optional;
import org.therapost.domain.exchangers.MailExchangers;

/**
 * How a parcel is put off.
 *
 * @param pause from now, by the database's clock
 * @param cause what put it off
 * @param aside whether later mail to the client goes before it from now on; only with {@link Cause#ITSELF}
 * @param toldLate whether the therapist is told in the same transaction that it is late
 * @param toldOf the new exchangers of which the therapist is told in the same transaction; only with {@link Cause#NEW_SERVERS}
 */
public record Deferral(Duration pause, Cause cause, boolean aside, boolean toldLate, Optional<MailExchangers> toldOf) {

    /** The therapist is told of no exchangers. */
    public Deferral(Duration pause, Cause cause, boolean aside, boolean toldLate) {
        this(pause, cause, aside, toldLate, Optional.empty());
    }

    public Deferral {
        if (aside && cause != Cause.ITSELF) {
            throw new IllegalArgumentException("only what is deferred for its own sake is set aside");
        }
        if (toldOf.isPresent() && cause != Cause.NEW_SERVERS) {
            throw new IllegalArgumentException("only what waits for new servers is told with them");
        }
    }

    /** What put a parcel off. */
    public enum Cause {
        /** The client's mail server takes no mail now; what was set aside before takes its place again. */
        SERVER,
        /** The client's mail server takes mail, but not yet this one. */
        ITSELF,
        /** The client's domain names other exchangers than those that are pinned; that may last longer than any retry. */
        NEW_SERVERS,
        /** We: the attempt did not get so far. */
        US
    }
}
