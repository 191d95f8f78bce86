package org.therapost.domain.conversation.incoming;

import java.util.Optional;

/** What an envelope says of where errors go (RFC 5321 section 4.5.5). */
public enum EnvelopeSender {
    /** {@code <>}: nowhere. The mail is a report, or an automatic reply. */
    NULL,
    MAILBOX;

    /** Of the reverse-path that a sender gave. */
    public static EnvelopeSender of(Optional<?> reversePath) {
        return reversePath.isEmpty() ? NULL : MAILBOX;
    }
}
