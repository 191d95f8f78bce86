package org.therapost.server.log;

import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import org.jspecify.annotations.Nullable;

/** Where something failed, without what it said: a parser's complaint quotes what it could not parse. */
public final class DiscreetTrace extends ThrowableHandlingConverter {

    private static final int DEPTH = 12;
    private static final int CAUSES = 5;

    @Override
    public String convert(ILoggingEvent event) {
        StringBuilder text = new StringBuilder();
        @Nullable IThrowableProxy thrown = event.getThrowableProxy();
        for (int cause = 0; thrown != null && cause < CAUSES; cause++) {
            text.append(cause == 0 ? "" : "caused by ")
                    .append(thrown.getClassName())
                    .append(System.lineSeparator());
            int depth = Math.min(DEPTH, thrown.getStackTraceElementProxyArray().length);
            for (int i = 0; i < depth; i++) {
                text.append("    ")
                        .append(thrown.getStackTraceElementProxyArray()[i].getSTEAsString())
                        .append(System.lineSeparator());
            }
            thrown = thrown.getCause();
        }
        return text.toString();
    }
}
