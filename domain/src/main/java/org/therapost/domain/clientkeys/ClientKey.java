package org.therapost.domain.clientkeys;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.sealing.Certificate;

/**
 * One certificate of a thread's client.
 *
 * @param seen when it came first
 * @param used since when answers were first encrypted to it, if ever
 */
public record ClientKey(
        UUID id, Certificate certificate, KeySource source, Instant seen, Optional<Instant> used, State state) {

    /** What may be done with it. */
    public sealed interface State {

        /**
         * Nothing, before the therapist has confirmed it.
         *
         * @param since when something first waited beside the key in use; a newer key that takes the place of a waiting one
         *     does not begin a new day
         */
        record Pending(Instant since) implements State {}

        /**
         * Answers are encrypted to it.
         *
         * @param compared when the therapist compared it with the client
         */
        record InUse(Optional<Instant> compared) implements State {}

        /** Nothing: the therapist has refused it. */
        record Refused() implements State {}

        /** Nothing: another one took its place, or it was taken off file. */
        record Retired() implements State {}
    }

    ClientKey in(State next) {
        return new ClientKey(id, certificate, source, seen, used, next);
    }

    /** The same in use from now on. */
    ClientKey taken(Instant now, State.InUse next) {
        return new ClientKey(id, certificate, source, seen, used.or(() -> Optional.of(now)), next);
    }

    ClientKey as(Certificate merged) {
        return new ClientKey(id, merged, source, seen, used, state);
    }

    ClientKey from(KeySource other) {
        return new ClientKey(id, certificate, other, seen, used, state);
    }

    @Override
    public String toString() {
        return "ClientKey[" + id + ", " + source + ", " + state.getClass().getSimpleName() + "]";
    }
}
