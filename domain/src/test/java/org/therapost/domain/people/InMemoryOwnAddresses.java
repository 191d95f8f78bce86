package org.therapost.domain.people;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;

/** Therapists' addresses outside, in memory. */
public final class InMemoryOwnAddresses implements OwnAddresses {

    private record Key(TherapistId therapist, String canonical) {}

    /** As it came up, and what is known of it. */
    private record Entry(EmailAddress address, State state) {}

    private final Map<Key, Entry> entries = new LinkedHashMap<>();

    @Override
    public Optional<State> state(TherapistId therapist, EmailAddress address) {
        return Optional.ofNullable(entries.get(key(therapist, address))).map(Entry::state);
    }

    @Override
    public List<EmailAddress> all(TherapistId therapist, State state) {
        return entries.entrySet().stream()
                .filter(entry -> entry.getKey().therapist().equals(therapist))
                .map(Map.Entry::getValue)
                .filter(entry -> entry.state() == state)
                .map(Entry::address)
                .toList();
    }

    @Override
    public void ask(TherapistId therapist, EmailAddress address) {
        entries.putIfAbsent(key(therapist, address), new Entry(address, State.ASKED));
    }

    @Override
    public void answer(TherapistId therapist, EmailAddress address, boolean own) {
        entries.computeIfPresent(
                key(therapist, address),
                (key, entry) -> new Entry(entry.address(), own ? State.CONFIRMED : State.REFUSED));
    }

    @Override
    public boolean forget(TherapistId therapist, EmailAddress address) {
        return entries.remove(key(therapist, address)) != null;
    }

    private static Key key(TherapistId therapist, EmailAddress address) {
        return new Key(therapist, address.canonical());
    }
}
