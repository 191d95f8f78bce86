package org.therapost.domain.people;

import java.util.List;
import java.util.stream.Stream;

/**
 * The mailboxes of a client. What any of them has sent is the client's; what goes to the client goes to the primary one.
 *
 * @param primary where answers and letters go
 * @param further from which the client writes as well
 * @param spellings what their providers take for one mailbox
 */
public record Mailboxes(EmailAddress primary, List<EmailAddress> further, Spellings spellings) {

    public Mailboxes {
        further = List.copyOf(further);
    }

    /** One mailbox, in one spelling. */
    public static Mailboxes only(EmailAddress primary) {
        return new Mailboxes(primary, List.of(), Spellings.NONE);
    }

    /** All, the primary one first. */
    public List<EmailAddress> all() {
        return Stream.concat(Stream.of(primary), further.stream()).toList();
    }

    /** Whether that address is one of them, in whatever spelling. */
    public boolean include(EmailAddress address) {
        return all().stream().anyMatch(mailbox -> spellings.same(mailbox, address));
    }

    @Override
    public String toString() {
        return "Mailboxes[" + (1 + further.size()) + "]";
    }
}
