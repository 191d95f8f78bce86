package org.therapost.mailets.mime;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;

/**
 * The mailboxes that header fields name, groups flattened.
 *
 * @param readable those that are mailbox addresses
 * @param complete whether all of them are: a mailbox that we cannot read may still be one that others deliver to
 */
public record AddressList(List<EmailAddress> readable, boolean complete) {

    public AddressList {
        readable = List.copyOf(readable);
    }

    /** The one mailbox that all of it names, however often; empty if it names another too, or one that we cannot read. */
    public Optional<EmailAddress> theOne() {
        return complete
                ? readable.stream().reduce((one, other) -> other).filter(last -> readable.stream()
                        .allMatch(last::sameMailbox))
                : Optional.empty();
    }
}
