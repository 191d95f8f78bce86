package org.therapost.mailets.calendar;

import java.time.Instant;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.mime.MailHeader;
import org.therapost.mailets.mime.MailReader;

/**
 * What the mail itself says where its calendar part is silent.
 *
 * @param author the one in {@code From:}, who organizes or answers if nobody else is named
 * @param sent {@code Date:}; without one long ago, so that whatever comes later counts as newer
 */
record CalendarMailFacts(Optional<EmailAddress> author, Instant sent) {

    static CalendarMailFacts of(MailContent mail) {
        try {
            MailHeader header = new MailReader().header(mail);
            return new CalendarMailFacts(
                    header.from().readable().stream().findFirst(), header.date().orElse(Instant.EPOCH));
        } catch (RefusedException limits) {
            return new CalendarMailFacts(Optional.empty(), Instant.EPOCH);
        }
    }
}
