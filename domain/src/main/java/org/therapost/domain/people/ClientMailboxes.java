package org.therapost.domain.people;

import java.util.List;
import java.util.stream.Stream;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;

/**
 * The mailboxes of a client. What any of them has sent is the client's; what goes to the client goes to the primary one.
 *
 * @param primary where answers and letters go
 * @param further from which the client writes as well
 * @param spellings what their providers take for one mailbox
 */
public record ClientMailboxes(EmailAddress primary, List<EmailAddress> further, EquivalentAddresses spellings) {

    /**
     * Stands for a primary mailbox that was stored and is refused now, by a later rule for addresses. RFC 6761 section 6.4: no mail
     * can come from there, and none can go there.
     */
    public static final EmailAddress REFUSED = EmailAddress.of("refused@mailbox.invalid");

    public ClientMailboxes {
        further = List.copyOf(further);
    }

    /** One mailbox, in one spelling. */
    public static ClientMailboxes only(EmailAddress primary) {
        return new ClientMailboxes(primary, List.of(), EquivalentAddresses.NONE);
    }

    /** Whether answers and letters can go to the primary mailbox at all. */
    public boolean areReachable() {
        return !primary.equals(REFUSED);
    }

    /** All, the primary one first. */
    public List<EmailAddress> all() {
        return Stream.concat(Stream.of(primary), further.stream()).toList();
    }

    /** Whether that address, in that very spelling, is the only one. */
    public boolean areOnly(EmailAddress address) {
        return further.isEmpty() && primary.sameMailbox(address);
    }

    /** Whether that address is one of them, in whatever spelling. */
    public boolean include(EmailAddress address) {
        return all().stream()
                .filter(mailbox -> !mailbox.equals(REFUSED))
                .anyMatch(mailbox -> spellings.same(mailbox, address));
    }

    @Override
    public String toString() {
        return "Mailboxes[" + (1 + further.size()) + "]";
    }
}
