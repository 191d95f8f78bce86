package org.therapost.server.log;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import org.slf4j.LoggerFactory;

/** How much is logged. */
public final class LogLevels {

    private LogLevels() {}

    /** Sets the level of our own code; libraries say no more than errors, except at {@code debug}, then warnings too. */
    public static void set(String level) {
        Level ours = Level.toLevel(level, Level.INFO);
        logger("org.therapost").setLevel(ours);
        logger("audit").setLevel(ours.isGreaterOrEqual(Level.WARN) ? ours : Level.INFO);
        logger(org.slf4j.Logger.ROOT_LOGGER_NAME).setLevel(ours == Level.DEBUG ? Level.WARN : Level.ERROR);
    }

    private static Logger logger(String name) {
        return (Logger) LoggerFactory.getLogger(name);
    }
}
