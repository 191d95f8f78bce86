package org.therapost.domain.people;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;

/** Therapists' addresses outside, in memory. */
public final class InMemoryOwnAddresses implements OwnAddresses {

    private record Key(TherapistId therapist, String address) {}

    private final Map<Key, State> states = new LinkedHashMap<>();

    @Override
    public Optional<State> state(TherapistId therapist, EmailAddress address) {
        return Optional.ofNullable(states.get(key(therapist, address)));
    }

    @Override
    public List<EmailAddress> all(TherapistId therapist, State state) {
        return states.entrySet().stream()
                .filter(entry -> entry.getKey().therapist().equals(therapist) && entry.getValue() == state)
                .map(entry -> EmailAddress.of(entry.getKey().address()))
                .toList();
    }

    @Override
    public void ask(TherapistId therapist, EmailAddress address) {
        states.putIfAbsent(key(therapist, address), State.ASKED);
    }

    @Override
    public void answer(TherapistId therapist, EmailAddress address, boolean own) {
        states.computeIfPresent(key(therapist, address), (key, state) -> own ? State.CONFIRMED : State.REFUSED);
    }

    @Override
    public boolean forget(TherapistId therapist, EmailAddress address) {
        return states.remove(key(therapist, address)) != null;
    }

    private static Key key(TherapistId therapist, EmailAddress address) {
        return new Key(therapist, address.canonical());
    }
}
