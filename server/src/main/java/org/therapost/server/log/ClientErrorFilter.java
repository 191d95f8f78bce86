package org.therapost.server.log;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.filter.Filter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Set;

/**
 * Leaves out what James reports as an error of the server and is a mistake of the mail program, which is told of it: a program that asks
 * every second for the state of a folder that is gone would fill the disk with stack traces.
 */
public final class ClientErrorFilter extends Filter<ILoggingEvent> {

    private static final String JAMES = "org.apache.james.imap.";

    private static final Set<String> MISTAKES = Set.of(
            "org.apache.james.mailbox.exception.HasEmptyMailboxNameInHierarchyException",
            "org.apache.james.mailbox.exception.MailboxExistsException",
            "org.apache.james.mailbox.exception.MailboxNameException",
            "org.apache.james.mailbox.exception.MailboxNotFoundException",
            "org.apache.james.mailbox.exception.MessageRangeException",
            "org.apache.james.mailbox.exception.TooLongMailboxNameException");

    @Override
    public FilterReply decide(ILoggingEvent event) {
        IThrowableProxy thrown = event.getThrowableProxy();
        return event.getLoggerName().startsWith(JAMES) && thrown != null && MISTAKES.contains(thrown.getClassName())
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }
}
