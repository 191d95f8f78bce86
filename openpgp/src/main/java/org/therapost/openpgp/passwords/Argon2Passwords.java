package org.therapost.openpgp.passwords;

import java.nio.CharBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.packets.SessionKey;

/**
 * Passwords by Argon2id (RFC 9106). The 64 octets of output are cut in two: the SHA-256 of the first half is stored to
 * verify, the second half is the key. Who has the database must run Argon2id for every guess, and the verifier says nothing
 * about the key.
 *
 * <p>The cost is at least {@link Argon2Cost#LEAST}, and more where the machine is quick ({@link Argon2Calibration}). What it
 * guards is all that a therapist's clients ever wrote, so more would be welcome; but a login is also what a stranger can make us
 * do, so only a few run at a time, a few more wait, and whoever comes then is asked to come later. It is paid once per login of an
 * account: other connections of the same reader prove their password otherwise. The cost stands in each record. A record of less
 * is {@linkplain #outdated outdated}.
 */
public final class Argon2Passwords implements Passwords {

    private static final int SALT = 16;
    private static final int HALF = 32;

    private final Argon2Cost cost;
    private final Semaphore permits;
    private final Semaphore places;

    /**
     * Begins with no run.
     *
     * @param cost of a password that is set from now on
     * @param atATime runs at the same time, each with the memory of its cost; fair: a caller waits for those who came before, and for
     *     nobody else
     * @param waiting callers that may wait for one
     */
    public Argon2Passwords(Argon2Cost cost, int atATime, int waiting) {
        this.cost = cost;
        this.places = new Semaphore(atATime + waiting);
        this.permits = new Semaphore(atATime, true);
    }

    /** As many at a time as the machine has processors, in at most a quarter of the memory that this process may take. */
    public static int atATime(Argon2Cost cost) {
        Runtime runtime = Runtime.getRuntime();
        long fitting = runtime.maxMemory() / 4 / (cost.kibibytes() * 1024L);
        return (int) Math.max(1, Math.min(runtime.availableProcessors(), fitting));
    }

    @Override
    public KeyWrapping wrap(Password password, Optional<SecretKey> secret) {
        byte[] salt = SessionKey.random(SALT);
        byte[] output = derive(password, salt, cost);
        try (PasswordKey key = key(output)) {
            return new KeyWrapping(new Argon2Record(cost, salt, verifier(output)).encode(), locked(secret, key));
        } finally {
            Arrays.fill(output, (byte) 0);
        }
    }

    @Override
    public KeyWrapping wrapRandom(Password random, Optional<SecretKey> secret) {
        byte[] input = octets(random);
        try {
            RandomSecretRecord.Derived derived = RandomSecretRecord.derive(input);
            try (PasswordKey key = new PasswordKey(derived.key())) {
                return new KeyWrapping(derived.record().encode(), locked(secret, key));
            }
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    private static Optional<LockedKey> locked(Optional<SecretKey> secret, PasswordKey key) {
        return secret.map(some -> new LockedKey(KeyLock.lock(some.expose(), key.expose())));
    }

    @Override
    public PasswordRecord nobodys() {
        return new Argon2Record(cost, SessionKey.random(SALT), SessionKey.random(HALF)).encode();
    }

    @Override
    public Optional<PasswordKey> prove(PasswordRecord record, Password password) throws CannotTellException {
        Optional<RandomSecretRecord> random = RandomSecretRecord.decode(record);
        if (random.isPresent()) {
            return prove(random.get(), password);
        }
        Optional<Argon2Record> decoded = Argon2Record.decode(record);
        if (decoded.isEmpty()) {
            return Optional.empty();
        }
        if (!places.tryAcquire()) {
            throw new CannotTellException("too many passwords are being tried");
        }
        byte[] output;
        try {
            output = derive(password, decoded.get().salt(), decoded.get().cost());
        } finally {
            places.release();
        }
        try {
            if (!MessageDigest.isEqual(verifier(output), decoded.get().verifier())) {
                return Optional.empty();
            }
            return Optional.of(key(output));
        } finally {
            Arrays.fill(output, (byte) 0);
        }
    }

    private static Optional<PasswordKey> prove(RandomSecretRecord record, Password offered) {
        byte[] input = octets(offered);
        try {
            RandomSecretRecord.Derived derived = record.derivedFrom(input);
            PasswordKey key = new PasswordKey(derived.key());
            if (MessageDigest.isEqual(derived.record().verifier(), record.verifier())) {
                return Optional.of(key);
            }
            key.close();
            return Optional.empty();
        } finally {
            Arrays.fill(input, (byte) 0);
        }
    }

    @Override
    public SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException {
        return new SecretKey(KeyLock.unlock(locked.octets(), key.expose()));
    }

    @Override
    public boolean outdated(PasswordRecord record) {
        return Argon2Record.decode(record)
                .map(Argon2Record::cost)
                .filter(old -> old.below(cost))
                .isPresent();
    }

    private static PasswordKey key(byte[] output) {
        return new PasswordKey(Arrays.copyOfRange(output, HALF, 2 * HALF));
    }

    private byte[] derive(Password password, byte[] salt, Argon2Cost cost) {
        byte[] input = octets(password);
        byte[] output = new byte[2 * HALF];
        permits.acquireUninterruptibly();
        try {
            Argon2Calibration.derive(input, salt, cost, output);
            return output;
        } finally {
            permits.release();
            Arrays.fill(input, (byte) 0);
        }
    }

    /** One password has one spelling, whatever the keyboard: NFC (RFC 8265 section 4.2.2). */
    private static byte[] octets(Password password) {
        char[] characters = password.expose();
        CharBuffer text = CharBuffer.wrap(characters);
        if (!Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            text = CharBuffer.wrap(Normalizer.normalize(text, Normalizer.Form.NFC));
        }
        byte[] octets = Password.utf8(text);
        Arrays.fill(characters, '\0');
        return octets;
    }

    private static byte[] verifier(byte[] output) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(output, 0, HALF);
            return sha256.digest();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("SHA-256 is part of every JDK", broken);
        }
    }
}
