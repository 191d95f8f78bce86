package org.therapost.openpgp.certificates;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.openpgp.api.OpenPGPCertificate;
import org.bouncycastle.openpgp.api.OpenPGPCertificate.OpenPGPComponentKey;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyKeyEncryptionMethodGenerator;
import org.jspecify.annotations.Nullable;
import org.therapost.openpgp.packets.EncryptionKey;
import org.therapost.openpgp.packets.KeyPackets;
import org.therapost.openpgp.packets.SessionKey;

/**
 * A certificate after it was parsed, for the hot path: which subkey is right is decided once a minute, not once a message.
 *
 * <p>Among the subkeys that are usable (flags, expiry, revocation: decided by {@code openpgp.api}) the newest is taken, as
 * GnuPG does.
 */
public final class ParsedCertificate {

    private static final Duration DECIDED_FOR = Duration.ofMinutes(1);

    private final OpenPGPCertificate certificate;
    private final Clock clock;
    private @Nullable Choice choice;

    private record Choice(Optional<EncryptionKey> key, Instant from) {
        boolean holds(Instant now) {
            return !now.isBefore(from) && now.isBefore(from.plus(DECIDED_FOR));
        }
    }

    ParsedCertificate(OpenPGPCertificate certificate, Clock clock) {
        this.certificate = certificate;
        this.clock = clock;
    }

    public OpenPGPCertificate certificate() {
        return certificate;
    }

    /** The subkey to encrypt to now, if there is a usable one. */
    public synchronized Optional<EncryptionKey> encryptionKey() {
        Instant now = clock.instant();
        Choice current = choice;
        if (current == null || !current.holds(now)) {
            current = new Choice(choose(Date.from(now)), now);
            choice = current;
        }
        return current.key();
    }

    /**
     * The subkey to carry to: the one of {@link #encryptionKey}, also if it has expired since somebody asked whether there is
     * one. What was decided stays decided while a letter is written.
     */
    public Optional<EncryptionKey> carriageKey() {
        return encryptionKey().or(() -> choose(Date.from(clock.instant().minus(DECIDED_FOR.multipliedBy(2)))));
    }

    /**
     * The subkey to seal to. What is to be filed must never be lost because a reader forgot to prolong a certificate, so the
     * subkey of one that has expired is still taken: its owner can open, and nobody else. Revoked ones are not.
     *
     * @throws IllegalStateException if there is none
     */
    public EncryptionKey sealingKey() {
        return encryptionKey()
                .or(() -> choose(lastUsable()))
                .orElseThrow(() -> new IllegalStateException("the certificate has no usable encryption subkey"));
    }

    /** Whether one could encrypt to it until something expired. */
    boolean wasUsable() {
        return choose(lastUsable()).isPresent();
    }

    /** The addresses in its user IDs: {@code Name <address>}, or the bare address. */
    public synchronized List<String> mailboxes() {
        return certificate.getValidUserIds(Date.from(clock.instant())).stream()
                .map(user -> user.getUserId().strip())
                .map(text -> text.endsWith(">") ? text.substring(text.lastIndexOf('<') + 1, text.length() - 1) : text)
                .filter(text -> text.contains("@"))
                .toList();
    }

    /**
     * The moment from which on nothing can be encrypted to it, to a second, if that comes within a time from now. Asked of the
     * same decision as every message, since several dates play a part in it (primary key, subkeys, user IDs).
     */
    public synchronized Optional<Instant> end(Instant now, Duration within) {
        Instant usable = now;
        Instant over = now.plus(within);
        if (!isUsable(usable) || isUsable(over)) {
            return Optional.empty();
        }
        while (Duration.between(usable, over).toSeconds() > 0) {
            Instant between = usable.plus(Duration.between(usable, over).dividedBy(2));
            if (isUsable(between)) {
                usable = between;
            } else {
                over = between;
            }
        }
        return Optional.of(over);
    }

    private boolean isUsable(Instant time) {
        return !certificate.getEncryptionKeys(Date.from(time)).isEmpty();
    }

    /** Key IDs of all subkeys that are usable now, or were until the certificate expired. */
    public synchronized Set<Long> encryptionKeyIds() {
        Set<Long> ids = new HashSet<>();
        for (Date time : List.of(Date.from(clock.instant()), lastUsable())) {
            certificate
                    .getEncryptionKeys(time)
                    .forEach(key -> ids.add(key.getKeyIdentifier().getKeyId()));
        }
        return ids;
    }

    /** The moment of the newest self-signature, when nothing had expired yet; now, if the certificate was revoked since. */
    private Date lastUsable() {
        Date now = Date.from(clock.instant());
        if (certificate.getRevocation(now) != null) {
            return now;
        }
        return certificate.getLastModificationDateAt(now);
    }

    private synchronized Optional<EncryptionKey> choose(Date now) {
        return certificate.getEncryptionKeys(now).stream()
                .sorted(Comparator.comparing(OpenPGPComponentKey::getCreationTime)
                        .reversed())
                .map(key -> new EncryptionKey(
                        key.getKeyIdentifier().getKeyId(),
                        new BcPublicKeyKeyEncryptionMethodGenerator(key.getPGPPublicKey()),
                        key.getVersion()))
                .filter(ParsedCertificate::works)
                .findFirst();
    }

    /** Tried, and not believed: a subkey can be valid by all its signatures, and of a kind to which nothing can be encrypted. */
    private static boolean works(EncryptionKey key) {
        try {
            return KeyPackets.seal(SessionKey.fresh(), key).length > 0;
        } catch (RuntimeException unusable) {
            return false;
        }
    }
}
