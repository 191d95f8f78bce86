package org.therapost.domain.conversation;

import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/**
 * A message on its way to a client. At rest it is sealed with the spool key.
 *
 * @param carriage how it may travel, and so what {@code content} is: for {@link Carriage#OPENPGP} and
 *     {@link Carriage#TLS} what goes over the wire, for {@link Carriage#WAIT} what the therapist wrote
 * @param sender the envelope sender: the thread's address
 * @param recipient the client's address
 */
public record Parcel(
        ParcelId id,
        ThreadId thread,
        Carriage carriage,
        EmailAddress sender,
        EmailAddress recipient,
        MailContent content) {

    @Override
    public String toString() {
        return "Parcel[" + id.value() + ", " + carriage + ", " + content + "]";
    }
}
