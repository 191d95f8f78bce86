package org.therapost.storage.james.search;

import java.util.Optional;
import org.apache.james.mailbox.MailboxSession;

/** Why a command failed, beyond James's "failed": left in the session for whoever answers. */
public enum FailureReason {

    /** RFC 9208 section 4.3: a quota does not allow it. */
    OVERQUOTA,

    /** RFC 5530: it can never succeed. */
    CANNOT;

    private static final String ATTRIBUTE = "therapost.why-not";

    public void leaveIn(MailboxSession session) {
        session.getAttributes().put(ATTRIBUTE, this);
    }

    /** Takes what was left since the last time. */
    public static Optional<FailureReason> takeFrom(MailboxSession session) {
        return Optional.ofNullable(session.getAttributes().remove(ATTRIBUTE)).map(FailureReason.class::cast);
    }
}
