package org.therapost.server.log;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.List;

/**
 * The message of a log line: our own as it is; that of libraries which only know the machine without its arguments; of any
 * other library nothing. Those that read mail put addresses, domains and commands into their messages, some without
 * placeholders, so that leaving out the arguments would not leave them out. Who speaks and where it failed is logged anyway.
 */
public final class DiscreetMessage extends ClassicConverter {

    private static final List<String> OURS = List.of("org.therapost.", "audit");
    private static final List<String> OF_THE_MACHINE = List.of("com.zaxxer.hikari.", "org.flywaydb.", "io.zonky.");

    @Override
    public String convert(ILoggingEvent event) {
        if (isOneOf(OURS, event.getLoggerName())) {
            return event.getFormattedMessage();
        }
        return isOneOf(OF_THE_MACHINE, event.getLoggerName()) ? event.getMessage() : "(message withheld)";
    }

    private static boolean isOneOf(List<String> prefixes, String logger) {
        return prefixes.stream().anyMatch(logger::startsWith);
    }
}
