package org.therapost.domain.conversation.incoming;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/**
 * Mail that a logged-in therapist submits (RFC 6409).
 *
 * @param account the login name
 * @param sender the envelope sender; empty for {@code <>}, with which programs send receipts
 * @param recipients the envelope recipients
 * @param authors the addresses in {@code From:} and {@code Sender:}
 * @param named the addresses in {@code To:}, {@code Cc:} and {@code Bcc:}
 * @param answers what it answers
 * @param messageId the {@code Message-ID} with its angle brackets, if it has a well-formed one
 */
public record Submission(
        EmailAddress account,
        Optional<EmailAddress> sender,
        List<EmailAddress> recipients,
        List<EmailAddress> authors,
        List<EmailAddress> named,
        ReplyReferences answers,
        Optional<String> messageId,
        MailContent content) {

    public Submission {
        recipients = List.copyOf(recipients);
        authors = List.copyOf(authors);
        named = List.copyOf(named);
    }

    /** The same mail as a filter of the operator's has changed it. */
    public Submission changed(MailContent changed) {
        return new Submission(account, sender, recipients, authors, named, answers, messageId, changed);
    }

    @Override
    public String toString() {
        return "Submission[" + recipients.size() + " recipients, " + content + "]";
    }
}
