package org.therapost.openpgp.passwords;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * How much a password can cost on this machine: as many passes over 64 MiB as take 0.3 s here, and never fewer than three. A
 * login is also what a stranger can make us do, and after a restart fifty programs may come at once; all of them are admitted,
 * one after the other, so a slow machine must not make each of them slower still.
 */
public final class Argon2Calibration {

    private static final Duration AIM = Duration.ofMillis(300);

    private Argon2Calibration() {}

    /** Measures; takes about a second, once in the life of a data folder. */
    public static Argon2Cost measure() {
        // The first run is slower: its code is compiled meanwhile.
        run();
        return fitting(run());
    }

    /** The cost on a machine where {@link Argon2Cost#LEAST} takes so long. */
    static Argon2Cost fitting(Duration least) {
        long pass = Math.max(1, least.toNanos() / Argon2Cost.LEAST.passes());
        long passes = Math.max(Argon2Cost.LEAST.passes(), Math.min(AIM.toNanos() / pass, Argon2Cost.MOST_PASSES));
        return new Argon2Cost(Argon2Cost.LEAST.kibibytes(), (int) passes, Argon2Cost.LEAST.lanes());
    }

    private static Duration run() {
        long begun = System.nanoTime();
        derive("measured".getBytes(StandardCharsets.US_ASCII), new byte[16], Argon2Cost.LEAST, new byte[64]);
        return Duration.ofNanos(System.nanoTime() - begun);
    }

    /** One run. */
    static void derive(byte[] password, byte[] salt, Argon2Cost cost, byte[] output) {
        Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
        argon2.init(new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
                .withVersion(Argon2Parameters.ARGON2_VERSION_13)
                .withMemoryAsKB(cost.kibibytes())
                .withIterations(cost.passes())
                .withParallelism(cost.lanes())
                .withSalt(salt)
                .build());
        argon2.generateBytes(password, output);
    }
}
