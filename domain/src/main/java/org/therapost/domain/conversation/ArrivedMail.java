package org.therapost.domain.conversation;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/**
 * Mail that somebody outside hands us, before we have answered DATA.
 *
 * @param peer the address of the SMTP client
 * @param helo its HELO or EHLO argument, as given
 * @param sender the envelope sender; empty for {@code <>}, and for one whose local part is none for us
 * @param senderDomain the domain of the envelope sender, whatever its local part is; empty for {@code <>} only
 * @param recipients one or more, each resolved at RCPT
 * @param messageId the {@code Message-ID} with its angle brackets, if it has a well-formed one
 * @param encrypted the OpenPGP message that is all its content, if it has the form of PGP/MIME (RFC 3156 section 4)
 */
public record ArrivedMail(
        InetAddress peer,
        String helo,
        Optional<EmailAddress> sender,
        Optional<String> senderDomain,
        List<Destination> recipients,
        Optional<String> messageId,
        Optional<byte[]> encrypted,
        MailContent content) {

    public ArrivedMail {
        recipients = List.copyOf(recipients);
        if (recipients.isEmpty()) {
            throw new IllegalArgumentException("mail without recipients");
        }
    }

    /** Mail that is not encrypted. */
    public ArrivedMail(
            InetAddress peer,
            String helo,
            Optional<EmailAddress> sender,
            List<Destination> recipients,
            Optional<String> messageId,
            MailContent content) {
        this(peer, helo, sender, sender.map(EmailAddress::domain), recipients, messageId, Optional.empty(), content);
    }

    @Override
    public String toString() {
        return "ArrivedMail[" + recipients.size() + " recipients, " + content + "]";
    }
}
