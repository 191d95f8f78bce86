package org.therapost.server.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import ch.qos.logback.core.spi.FilterReply;
import org.apache.james.imap.processor.StatusProcessor;
import org.apache.james.mailbox.exception.MailboxException;
import org.apache.james.mailbox.exception.MailboxNotFoundException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Mistakes of mail programs are no errors of the server. */
class ClientErrorFilterTest {

    private static FilterReply decision(Class<?> logger, Exception thrown) {
        Logger named = (Logger) LoggerFactory.getLogger(logger);
        return new ClientErrorFilter()
                .decide(new LoggingEvent("test", named, Level.ERROR, "it failed", thrown, new Object[0]));
    }

    @Test
    void that_a_mail_program_asks_for_a_folder_that_is_gone_is_not_logged() {
        assertThat(decision(StatusProcessor.class, new MailboxNotFoundException("gone")))
                .isEqualTo(FilterReply.DENY);
    }

    @Test
    void what_else_fails_is_logged() {
        assertThat(decision(StatusProcessor.class, new MailboxException("the database is away")))
                .isEqualTo(FilterReply.NEUTRAL);
        assertThat(decision(ClientErrorFilter.class, new MailboxNotFoundException("ours")))
                .isEqualTo(FilterReply.NEUTRAL);
    }
}
