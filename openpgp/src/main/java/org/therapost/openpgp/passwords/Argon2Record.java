package org.therapost.openpgp.passwords;

import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.therapost.domain.sealing.keys.PasswordRecord;

/**
 * The parts of a PHC string of Argon2id, version 19.
 *
 * @param cost memory and passes
 * @param salt 16 octets
 * @param verifier SHA-256 of the first half of the output
 */
record Argon2Record(Argon2Cost cost, byte[] salt, byte[] verifier) {

    private static final Pattern PHC =
            Pattern.compile("\\$argon2id\\$v=19\\$([^$]{1,20})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{43})");

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    PasswordRecord encode() {
        return new PasswordRecord(
                "$argon2id$v=19$" + cost + "$" + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(verifier));
    }

    /** Empty if it is not such a string, or asks for more than we would ever have written. */
    static Optional<Argon2Record> decode(PasswordRecord record) {
        Matcher phc = PHC.matcher(record.phc());
        if (!phc.matches()) {
            return Optional.empty();
        }
        return Argon2Cost.parse(phc.group(1)).flatMap(cost -> decode(cost, phc.group(2), phc.group(3)));
    }

    private static Optional<Argon2Record> decode(Argon2Cost cost, String salt, String verifier) {
        Base64.Decoder decoder = Base64.getDecoder();
        try {
            return Optional.of(new Argon2Record(cost, decoder.decode(salt), decoder.decode(verifier)));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Argon2Record";
    }
}
