package org.therapost.mailets.mime;

import java.util.List;
import org.therapost.domain.people.EmailAddress;

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
}
