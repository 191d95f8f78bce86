package org.therapost.domain.clientkeys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.keys.CertificateIdentity;

/**
 * The keys of one client, and what becomes of them when something happens (docs/decisions/0049).
 *
 * <ul>
 *   <li>The first key that comes with the client's authenticated mail, from the only mailbox, is used at once. No other key is used before the
 *       therapist has confirmed it.
 *   <li>While another key waits, the one in use is used for {@link #OLD_KEY_LASTS}, and not longer.
 *   <li>A certificate with the same primary key is the same key: what is new in it is taken at once.
 * </ul>
 */
public final class ClientKeyRing {

    /** How long a key is used while another one waits for the therapist. */
    public static final Duration OLD_KEY_LASTS = Duration.ofHours(24);

    private final List<ClientKey> keys;
    private final CertificateIdentity identity;

    public ClientKeyRing(List<ClientKey> keys, CertificateIdentity identity) {
        this.keys = List.copyOf(keys);
        this.identity = identity;
    }

    /** Whether what brings a key is good enough for a first one. */
    public enum Standing {
        /** If no key was ever used in the thread, it is used at once. */
        MAY_BE_FIRST,
        /** It waits for the therapist in any case. */
        WAITS
    }

    /** What an event did. */
    public enum Outcome {
        /** Nothing that matters to anybody. */
        NOTHING,
        /** The first key is used from now on. */
        FIRST,
        /** A key waits for the therapist; none was in use. */
        WAITS,
        /** A key waits for the therapist, beside the one in use. */
        CHANGED,
        /** The key that is known has new signatures or subkeys. */
        REFRESHED,
        /** The therapist has confirmed a key. */
        CONFIRMED,
        /** The therapist has refused a key. */
        REFUSED,
        /** The key in use was taken off file. */
        REMOVED
    }

    /** What is known after an event, and what the event did. */
    public record Result(ClientKeyRing ring, Outcome outcome) {}

    public List<ClientKey> keys() {
        return keys;
    }

    /** The key in use; not whether it may still be used. */
    public Optional<ClientKey> inUse() {
        return in(ClientKey.State.InUse.class);
    }

    /** The key that waits for the therapist's word. */
    public Optional<ClientKey> pending() {
        return in(ClientKey.State.Pending.class);
    }

    /** The key about which the therapist's next word is: the waiting one, else the one in use. */
    public Optional<ClientKey> target() {
        return pending().or(this::inUse);
    }

    /** The certificate to which answers are encrypted at an instant. */
    public Optional<Certificate> usable(Instant now) {
        return status(now) == ClientKeyStatus.HELD_BACK ? Optional.empty() : inUse().map(ClientKey::certificate);
    }

    /** How it stands at an instant. */
    public ClientKeyStatus status(Instant now) {
        Optional<Instant> since = pending().map(key -> ((ClientKey.State.Pending) key.state()).since());
        Optional<ClientKey.State.InUse> used = inUse().map(key -> (ClientKey.State.InUse) key.state());
        return status(used, since, firstUsed(), now);
    }

    /**
     * The same of what is in a row.
     *
     * @param firstUsed since when any key of the thread was used, if ever
     */
    public static ClientKeyStatus status(
            Optional<ClientKey.State.InUse> used,
            Optional<Instant> pendingSince,
            Optional<Instant> firstUsed,
            Instant now) {
        if (used.isEmpty()) {
            return pendingSince.isEmpty()
                    ? ClientKeyStatus.NONE
                    : firstUsed.isPresent() ? ClientKeyStatus.HELD_BACK : ClientKeyStatus.PENDING;
        }
        if (pendingSince.isEmpty()) {
            return used.get().compared().isPresent() ? ClientKeyStatus.COMPARED : ClientKeyStatus.NOT_COMPARED;
        }
        return now.isBefore(pendingSince.get().plus(OLD_KEY_LASTS))
                ? ClientKeyStatus.CHANGED
                : ClientKeyStatus.HELD_BACK;
    }

    /** A certificate came; with mail, from where the first one may come. */
    public Result offered(Certificate certificate, KeySource source, Instant now) {
        return offered(certificate, source, source == KeySource.MAIL ? Standing.MAY_BE_FIRST : Standing.WAITS, now);
    }

    /** A certificate came. */
    public Result offered(Certificate certificate, KeySource source, Standing standing, Instant now) {
        Optional<ClientKey> known = known(certificate);
        if (known.isEmpty()) {
            return stranger(certificate, source, standing, now);
        }
        ClientKey key = known.get();
        Result refreshed = refreshed(certificate);
        ClientKeyRing current = refreshed.ring();
        if (key.state() instanceof ClientKey.State.InUse) {
            return refreshed;
        }
        if (key.state() instanceof ClientKey.State.Pending) {
            return standing == Standing.MAY_BE_FIRST && mayBeFirst()
                    ? current.first(key.id(), now)
                    : new Result(current, Outcome.NOTHING);
        }
        // A key that the therapist has refused comes back with each mail of the same program.
        return key.state() instanceof ClientKey.State.Refused && source == KeySource.MAIL
                ? new Result(current, Outcome.NOTHING)
                : current.waiting(key.id(), source, now);
    }

    /** A copy of a certificate came: if it is one that is known, what is new in it counts from now on. */
    public Result refreshed(Certificate copy) {
        Optional<ClientKey> known = known(copy);
        if (known.isEmpty()) {
            return new Result(this, Outcome.NOTHING);
        }
        ClientKey key = known.get();
        Certificate merged = identity.merged(key.certificate(), copy);
        return merged.equals(key.certificate())
                ? new Result(this, Outcome.NOTHING)
                : new Result(replaced(key.id(), one -> one.as(merged)), Outcome.REFRESHED);
    }

    private Result stranger(Certificate certificate, KeySource source, Standing standing, Instant now) {
        UUID id = UUID.randomUUID();
        ClientKey key = new ClientKey(id, certificate, source, now, Optional.empty(), new ClientKey.State.Pending(now));
        List<ClientKey> all = new ArrayList<>(keys);
        all.add(key);
        ClientKeyRing with = new ClientKeyRing(all, identity);
        return standing == Standing.MAY_BE_FIRST && mayBeFirst() ? with.first(id, now) : with.waiting(id, source, now);
    }

    /** Whether no key was ever used in this thread: what the client's own mail brings is the first. */
    private boolean mayBeFirst() {
        return firstUsed().isEmpty();
    }

    private Optional<Instant> firstUsed() {
        return keys.stream().flatMap(key -> key.used().stream()).min(Instant::compareTo);
    }

    /** Whether a key was in use, and with these none is: what was agreed before the key came does not hold after it. */
    static boolean endsUse(List<ClientKey> before, List<ClientKey> after) {
        return isAnyInUse(before) && !isAnyInUse(after);
    }

    private static boolean isAnyInUse(List<ClientKey> keys) {
        return keys.stream().anyMatch(key -> key.state() instanceof ClientKey.State.InUse);
    }

    /** What waits from elsewhere gives way: the client's own mail says more than those who run the server. */
    private Result first(UUID id, Instant now) {
        List<ClientKey> all = new ArrayList<>();
        for (ClientKey key : keys) {
            if (key.id().equals(id)) {
                all.add(key.from(KeySource.MAIL).taken(now, new ClientKey.State.InUse(Optional.empty())));
            } else {
                givenWay(key).ifPresent(all::add);
            }
        }
        return new Result(new ClientKeyRing(all, identity), Outcome.FIRST);
    }

    /** What becomes of a key as another one comes: one that waits is forgotten, unless it was used before. */
    private static Optional<ClientKey> givenWay(ClientKey key) {
        if (!(key.state() instanceof ClientKey.State.Pending)) {
            return Optional.of(key);
        }
        return Optional.of(key).filter(one -> one.used().isPresent()).map(one -> one.in(new ClientKey.State.Retired()));
    }

    private Result waiting(UUID id, KeySource source, Instant now) {
        Instant since = pending()
                .filter(before -> !before.id().equals(id) && inUse().isPresent())
                .map(before -> ((ClientKey.State.Pending) before.state()).since())
                .orElse(now);
        List<ClientKey> all = new ArrayList<>();
        for (ClientKey key : keys) {
            if (key.id().equals(id)) {
                all.add(key.in(new ClientKey.State.Pending(since)).from(source));
            } else {
                givenWay(key).ifPresent(all::add);
            }
        }
        return new Result(new ClientKeyRing(all, identity), inUse().isPresent() ? Outcome.CHANGED : Outcome.WAITS);
    }

    /**
     * The therapist has compared a key.
     *
     * @param fingerprint of the one that was compared: if another one is the {@link #target} by now, nothing is changed
     */
    public Result confirmed(String fingerprint, Instant now) {
        Optional<ClientKey> target = target();
        if (target.filter(key -> fingerprint(key).equals(fingerprint)).isEmpty()) {
            return new Result(this, Outcome.NOTHING);
        }
        UUID id = target.get().id();
        List<ClientKey> all = new ArrayList<>();
        for (ClientKey key : keys) {
            if (key.id().equals(id)) {
                all.add(key.taken(now, new ClientKey.State.InUse(Optional.of(now))));
            } else if (key.state() instanceof ClientKey.State.InUse) {
                all.add(key.in(new ClientKey.State.Retired()));
            } else {
                all.add(key);
            }
        }
        return new Result(new ClientKeyRing(all, identity), Outcome.CONFIRMED);
    }

    /** The therapist refuses the key that waits; the one in use stays. */
    public Result refused() {
        return pending().map(this::refused).orElseGet(() -> new Result(this, Outcome.NOTHING));
    }

    /** The therapist refuses the key of that fingerprint, be it the waiting one or the one in use. */
    public Result refused(String fingerprint) {
        return Stream.concat(pending().stream(), inUse().stream())
                .filter(key -> fingerprint(key).equals(fingerprint))
                .findFirst()
                .map(this::refused)
                .orElseGet(() -> new Result(this, Outcome.NOTHING));
    }

    private Result refused(ClientKey key) {
        return new Result(replaced(key.id(), one -> one.in(new ClientKey.State.Refused())), Outcome.REFUSED);
    }

    /** Those who run the server take all keys off file. */
    public Result removed() {
        if (target().isEmpty()) {
            return new Result(this, Outcome.NOTHING);
        }
        List<ClientKey> left = keys.stream()
                .flatMap(key -> givenWay(key).stream())
                .map(key -> key.state() instanceof ClientKey.State.InUse ? key.in(new ClientKey.State.Retired()) : key)
                .toList();
        return new Result(new ClientKeyRing(left, identity), Outcome.REMOVED);
    }

    /** The fingerprint of one of the keys. */
    public String fingerprint(ClientKey key) {
        return identity.fingerprint(key.certificate());
    }

    private Optional<ClientKey> known(Certificate certificate) {
        String fingerprint = identity.fingerprint(certificate);
        return keys.stream().filter(key -> fingerprint(key).equals(fingerprint)).findFirst();
    }

    private Optional<ClientKey> in(Class<? extends ClientKey.State> state) {
        return keys.stream().filter(key -> state.isInstance(key.state())).findFirst();
    }

    private ClientKeyRing replaced(UUID id, UnaryOperator<ClientKey> change) {
        return new ClientKeyRing(
                keys.stream()
                        .map(key -> key.id().equals(id) ? change.apply(key) : key)
                        .toList(),
                identity);
    }
}
