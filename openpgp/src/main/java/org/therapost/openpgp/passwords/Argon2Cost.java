package org.therapost.openpgp.passwords;

/**
 * What one run of Argon2id costs.
 *
 * @param kibibytes memory, at most 256 MiB, so that a record from a meddled-with database cannot exhaust it
 * @param passes over the memory
 * @param lanes of the memory; they are filled one after the other here
 */
record Argon2Cost(int kibibytes, int passes, int lanes) {

    private static final int MOST_MEMORY = 256 << 10;
    private static final int MOST_PASSES = 16;
    private static final int MOST_LANES = 8;

    Argon2Cost {
        if (kibibytes < 8 * lanes
                || kibibytes > MOST_MEMORY
                || passes < 1
                || passes > MOST_PASSES
                || lanes < 1
                || lanes > MOST_LANES) {
            throw new IllegalArgumentException("Argon2 cost out of bounds");
        }
    }
}
