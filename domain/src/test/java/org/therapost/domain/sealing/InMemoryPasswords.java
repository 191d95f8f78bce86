package org.therapost.domain.sealing;

import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;

/** Passwords for tests: one SHA-256 instead of Argon2id, so that a test may log in a thousand times. */
public final class InMemoryPasswords implements Passwords {

    private static final String SCHEME = "$test$";
    private static final int SALT = 16;
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Set<PasswordRecord> outdated = new HashSet<>();
    private final List<PasswordRecord> tried = new ArrayList<>();

    @Override
    public KeyWrapping wrap(Password password, Optional<SecretKey> secret) {
        byte[] salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        return new KeyWrapping(
                new PasswordRecord(SCHEME + base64(salt) + "$" + base64(digest("verifier", salt, password))),
                secret.map(some ->
                        new LockedKey(new SymmetricKey(digest("key", salt, password)).seal(some.expose(), "locked"))));
    }

    @Override
    public KeyWrapping wrapRandom(Password random, Optional<SecretKey> secret) {
        return wrap(random, secret);
    }

    @Override
    public PasswordRecord nobodys() {
        byte[] nothing = new byte[32];
        RANDOM.nextBytes(nothing);
        return new PasswordRecord(SCHEME + base64(nothing) + "$" + base64(nothing));
    }

    @Override
    public boolean outdated(PasswordRecord record) {
        return outdated.contains(record);
    }

    /** From now on this record counts as made at too low a cost. */
    public void outdate(PasswordRecord record) {
        outdated.add(record);
    }

    /** The records at which there was a guess, in order. */
    public List<PasswordRecord> tried() {
        return List.copyOf(tried);
    }

    @Override
    public Optional<PasswordKey> prove(PasswordRecord record, Password password) {
        tried.add(record);
        String[] parts = record.phc().substring(SCHEME.length()).split("\\$", 2);
        byte[] salt = Base64.getDecoder().decode(parts[0]);
        byte[] verifier = Base64.getDecoder().decode(parts[1]);
        return MessageDigest.isEqual(verifier, digest("verifier", salt, password))
                ? Optional.of(new PasswordKey(digest("key", salt, password)))
                : Optional.empty();
    }

    @Override
    public SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException {
        return new SecretKey(new SymmetricKey(key.expose()).open(locked.octets(), "locked"));
    }

    private static byte[] digest(String purpose, byte[] salt, Password password) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(purpose.getBytes(StandardCharsets.UTF_8));
            digest.update(salt);
            digest.update(StandardCharsets.UTF_8.encode(CharBuffer.wrap(password.expose())));
            return digest.digest();
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("SHA-256 is part of every JDK", broken);
        }
    }

    private static String base64(byte[] octets) {
        return Base64.getEncoder().encodeToString(octets);
    }
}
