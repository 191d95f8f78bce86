package org.therapost.demo.world;

import java.time.Duration;
import java.util.Optional;

/** What a step demands of what it sees. */
public final class DemoCheck {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long PAUSE_MILLIS = 50;

    private DemoCheck() {}

    /** A look at something that may not have happened yet. */
    public interface Look<T> {
        Optional<T> look() throws Exception;
    }

    /** @throws DemoException if it is not so */
    public static void that(boolean so, String otherwise) throws DemoException {
        if (!so) {
            throw new DemoException(otherwise);
        }
    }

    /** @throws DemoException if the texts differ; they are quoted */
    public static void same(String expected, String found, String what) throws DemoException {
        that(expected.equals(found), what + ": expected \"" + expected + "\", found \"" + found + "\"");
    }

    /**
     * Looks again and again.
     *
     * @throws DemoException if half a minute was not enough
     */
    public static <T> T soon(String what, Look<T> look) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            Optional<T> found = look.look();
            if (found.isPresent()) {
                return found.get();
            }
            if (System.nanoTime() > end) {
                throw new DemoException("waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            Thread.sleep(PAUSE_MILLIS);
        }
    }
}
