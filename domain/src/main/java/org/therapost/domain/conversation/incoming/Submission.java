package org.therapost.domain.conversation.incoming;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/** Mail that a logged-in therapist submits (RFC 6409). */
public record Submission(Envelope envelope, Header header, MailContent content) {

    /**
     * Who hands it over, and to whom it goes.
     *
     * @param account the login name
     * @param sender the envelope sender; empty for {@code <>}, with which programs send receipts
     * @param recipients the envelope recipients
     */
    public record Envelope(EmailAddress account, Optional<EmailAddress> sender, List<EmailAddress> recipients) {

        public Envelope {
            recipients = List.copyOf(recipients);
        }

        @Override
        public String toString() {
            return "Envelope[" + recipients.size() + " recipients]";
        }
    }

    /**
     * What its header says.
     *
     * @param authors the addresses in {@code From:} and {@code Sender:}
     * @param named the addresses in {@code To:}, {@code Cc:} and {@code Bcc:}
     * @param answers what it answers
     * @param messageId the {@code Message-ID} with its angle brackets, if it has a well-formed one
     */
    public record Header(
            List<EmailAddress> authors, List<EmailAddress> named, ReplyReferences answers, Optional<String> messageId) {

        public Header {
            authors = List.copyOf(authors);
            named = List.copyOf(named);
        }

        @Override
        public String toString() {
            return "Header";
        }
    }

    public EmailAddress account() {
        return envelope.account();
    }

    public Optional<EmailAddress> sender() {
        return envelope.sender();
    }

    public List<EmailAddress> recipients() {
        return envelope.recipients();
    }

    public List<EmailAddress> authors() {
        return header.authors();
    }

    public List<EmailAddress> named() {
        return header.named();
    }

    public ReplyReferences answers() {
        return header.answers();
    }

    public Optional<String> messageId() {
        return header.messageId();
    }

    /** The same mail as a filter of the operator's has changed it. */
    public Submission changed(MailContent changed) {
        return new Submission(envelope, header, changed);
    }

    @Override
    public String toString() {
        return "Submission[" + envelope + ", " + content + "]";
    }
}
