package org.therapost.protocols.imap.session;

import java.util.function.UnaryOperator;
import org.apache.james.core.Username;
import org.therapost.domain.addresses.EmailAddress;

/**
 * How folders and logins are spelled on the wire.
 *
 * @param delimiter stands between the levels of a folder's name
 * @param address the account's address, from a login
 */
public record ImapNaming(char delimiter, UnaryOperator<String> address) {

    /** As in the names of the folders that are made at enrolment, {@code Clients/<name>}; a login is an address. */
    public static final ImapNaming OURS = new ImapNaming('/', login -> login);

    /**
     * The account that a login names.
     *
     * @throws IllegalArgumentException if it cannot name one
     */
    public EmailAddress account(Username login) {
        return EmailAddress.of(address.apply(login.asString()));
    }
}
