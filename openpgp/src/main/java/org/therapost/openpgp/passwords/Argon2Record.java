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

    private static final Pattern PHC = Pattern.compile(
            "\\$argon2id\\$v=19\\$m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})\\$([A-Za-z0-9+/]{11,64})\\$([A-Za-z0-9+/]{43})");

    private static final Base64.Encoder ENCODER = Base64.getEncoder().withoutPadding();

    PasswordRecord encode() {
        return new PasswordRecord("$argon2id$v=19$m=" + cost.kibibytes() + ",t=" + cost.passes() + ",p=" + cost.lanes()
                + "$" + ENCODER.encodeToString(salt) + "$" + ENCODER.encodeToString(verifier));
    }

    /** Empty if it is not such a string, or asks for more than we would ever have written. */
    static Optional<Argon2Record> decode(PasswordRecord record) {
        Matcher phc = PHC.matcher(record.phc());
        if (!phc.matches()) {
            return Optional.empty();
        }
        try {
            Argon2Cost cost = new Argon2Cost(
                    Integer.parseInt(phc.group(1)), Integer.parseInt(phc.group(2)), Integer.parseInt(phc.group(3)));
            Base64.Decoder decoder = Base64.getDecoder();
            return Optional.of(new Argon2Record(cost, decoder.decode(phc.group(4)), decoder.decode(phc.group(5))));
        } catch (IllegalArgumentException outOfBounds) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "Argon2Record";
    }
}
