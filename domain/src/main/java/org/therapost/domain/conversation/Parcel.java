package org.therapost.domain.conversation;

import java.util.Optional;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/**
 * A message on its way to a client. At rest it is sealed with the spool key.
 *
 * @param carriage how it may travel, and so what {@code content} is: for {@link Carriage#OPENPGP} and
 *     {@link Carriage#TLS} what goes over the wire, for {@link Carriage#WAIT} what the therapist wrote
 * @param sender the envelope sender: the thread's address; empty for what nobody wrote and nothing may answer, which
 *     travels with the null reverse-path (RFC 5321 section 4.5.5)
 * @param recipient the client's address
 */
public record Parcel(
        ParcelId id,
        ThreadId thread,
        Carriage carriage,
        Optional<EmailAddress> sender,
        EmailAddress recipient,
        MailContent content) {

    /** A parcel that somebody sends. */
    public Parcel(
            ParcelId id,
            ThreadId thread,
            Carriage carriage,
            EmailAddress sender,
            EmailAddress recipient,
            MailContent content) {
        this(id, thread, carriage, Optional.of(sender), recipient, content);
    }

    @Override
    public String toString() {
        return "Parcel[" + id.value() + ", " + carriage + ", " + content + "]";
    }
}
