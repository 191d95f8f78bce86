package org.therapost.server.pipeline;

import java.util.Collection;
import org.apache.james.core.MailAddress;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMatcher;

/** A matcher that takes the first recipient and leaves the others. */
public final class SomeRecipients extends GenericMatcher {

    @Override
    public Collection<MailAddress> match(Mail mail) {
        return mail.getRecipients().stream().limit(1).toList();
    }
}
