package org.therapost.openpgp.passwords;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.generators.HKDFBytesGenerator;
import org.bouncycastle.crypto.params.HKDFParameters;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.openpgp.packets.SessionKey;

/**
 * What is stored of a secret of at least 128 random bits. HKDF-SHA-256 (RFC 5869) makes two outputs of it that say nothing about
 * each other: the verifier, which is stored, and the key, which is not.
 *
 * @param salt 16 octets
 * @param verifier 32 octets
 */
record RandomSecretRecord(byte[] salt, byte[] verifier) {

    private static final Pattern PHC = Pattern.compile("\\$hkdf-sha256\\$([A-Za-z0-9+/]{22})\\$([A-Za-z0-9+/]{43})");
    private static final String INFO = "therapost way in v1";
    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();
    private static final int SALT = 16;
    private static final int HALF = 32;

    /** The two outputs. */
    record Derived(RandomSecretRecord record, byte[] key) {}

    static Derived derive(byte[] secret) {
        return derive(secret, SessionKey.random(SALT));
    }

    /** The same again, to compare. */
    Derived derivedFrom(byte[] secret) {
        return derive(secret, salt);
    }

    private static Derived derive(byte[] secret, byte[] salt) {
        HKDFBytesGenerator hkdf = new HKDFBytesGenerator(new SHA256Digest());
        hkdf.init(new HKDFParameters(secret, salt, INFO.getBytes(java.nio.charset.StandardCharsets.US_ASCII)));
        byte[] output = new byte[2 * HALF];
        hkdf.generateBytes(output, 0, output.length);
        try {
            return new Derived(
                    new RandomSecretRecord(salt, Arrays.copyOf(output, HALF)),
                    Arrays.copyOfRange(output, HALF, 2 * HALF));
        } finally {
            Arrays.fill(output, (byte) 0);
        }
    }

    PasswordRecord encode() {
        return new PasswordRecord(
                "$hkdf-sha256$" + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(verifier));
    }

    static Optional<RandomSecretRecord> decode(PasswordRecord record) {
        Matcher phc = PHC.matcher(record.phc());
        if (!phc.matches()) {
            return Optional.empty();
        }
        try {
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(new RandomSecretRecord(decoder.decode(phc.group(1)), decoder.decode(phc.group(2))));
        } catch (IllegalArgumentException badBits) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "RandomSecretRecord";
    }
}
