package org.therapost.openpgp.passwords;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one run of Argon2id costs (RFC 9106).
 *
 * @param kibibytes memory, at most 256 MiB, so that a record from a meddled-with database cannot exhaust it
 * @param passes over the memory, at most 16
 * @param lanes of the memory, at most 8; they are filled one after the other here
 */
public record Argon2Cost(int kibibytes, int passes, int lanes) {

    /** What a password that is set now costs at least: 64 MiB and three passes. */
    public static final Argon2Cost LEAST = new Argon2Cost(64 << 10, 3, 1);

    static final int MOST_PASSES = 16;

    private static final Pattern PARAMETERS = Pattern.compile("m=(\\d{1,7}),t=(\\d{1,2}),p=(\\d{1,2})");
    private static final int MOST_MEMORY = 256 << 10;
    private static final int MOST_LANES = 8;

    public Argon2Cost {
        if (kibibytes < 8 * lanes
                || kibibytes > MOST_MEMORY
                || passes < 1
                || passes > MOST_PASSES
                || lanes < 1
                || lanes > MOST_LANES) {
            throw new IllegalArgumentException("Argon2 cost out of bounds");
        }
    }

    /** Reads what {@link #toString()} writes; empty if it is something else, or out of bounds. */
    public static Optional<Argon2Cost> parse(String text) {
        Matcher parameters = PARAMETERS.matcher(text);
        if (!parameters.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Argon2Cost(
                    Integer.parseInt(parameters.group(1)),
                    Integer.parseInt(parameters.group(2)),
                    Integer.parseInt(parameters.group(3))));
        } catch (IllegalArgumentException outOfBounds) {
            return Optional.empty();
        }
    }

    /** Whether a guess costs less than at a password that is hashed with the other: in memory, or in passes. */
    public boolean below(Argon2Cost other) {
        return kibibytes < other.kibibytes || passes < other.passes;
    }

    /** The parameters as in a PHC string: {@code m=65536,t=3,p=1}. */
    @Override
    public String toString() {
        return "m=" + kibibytes + ",t=" + passes + ",p=" + lanes;
    }
}
