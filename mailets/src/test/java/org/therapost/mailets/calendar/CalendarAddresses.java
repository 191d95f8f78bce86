package org.therapost.mailets.calendar;

import java.util.Optional;
import org.therapost.domain.people.EmailAddress;

/** Addresses in calendars, for tests of other packages. */
public final class CalendarAddresses {

    private CalendarAddresses() {}

    /** What is read of what is written. */
    public static Optional<EmailAddress> roundTrip(EmailAddress address) {
        return Mailto.read(Mailto.of(address));
    }
}
