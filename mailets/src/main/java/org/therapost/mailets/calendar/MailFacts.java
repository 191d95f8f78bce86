package org.therapost.mailets.calendar;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/**
 * What the mail itself says where its calendar part is silent.
 *
 * @param author the one in {@code From:}, who organizes or answers if nobody else is named
 * @param sent {@code Date:}; without one long ago, so that whatever comes later counts as newer
 */
record MailFacts(Optional<EmailAddress> author, Instant sent) {

    static MailFacts of(MailContent mail) {
        try {
            MailHeader header = new MailReader().header(mail);
            return new MailFacts(
                    header.from().readable().stream().findFirst(), header.date().orElse(Instant.EPOCH));
        } catch (RefusedException limits) {
            return new MailFacts(Optional.empty(), Instant.EPOCH);
        }
    }
}
