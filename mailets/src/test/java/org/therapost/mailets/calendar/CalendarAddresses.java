package org.therapost.mailets.calendar;

import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.mailets.calendar.text.MailtoUri;

/** Addresses in calendars, for tests of other packages. */
public final class CalendarAddresses {

    private CalendarAddresses() {}

    /** What is read of what is written. */
    public static Optional<EmailAddress> roundTrip(EmailAddress address) {
        return MailtoUri.read(MailtoUri.of(address));
    }
}
