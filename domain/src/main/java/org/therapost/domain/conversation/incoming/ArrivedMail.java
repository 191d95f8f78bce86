package org.therapost.domain.conversation.incoming;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.sealing.MailContent;

/**
 * Mail from outside whose DATA is not answered yet.
 *
 * @param messageId the {@code Message-ID} with its angle brackets, if it has a well-formed one
 * @param answers {@code In-Reply-To} or, if that is missing, the last of {@code References}, with angle
 *     brackets
 * @param encrypted the OpenPGP message that is all its content, if it has the form of PGP/MIME (RFC 3156
 *     section 4)
 */
public record ArrivedMail(
        Envelope envelope,
        Optional<String> messageId,
        List<String> answers,
        Optional<byte[]> encrypted,
        MailContent content) {

    public ArrivedMail {
        answers = List.copyOf(answers);
    }

    /** Mail that is not encrypted, and answers nothing. */
    public ArrivedMail(Envelope envelope, Optional<String> messageId, MailContent content) {
        this(envelope, messageId, List.of(), Optional.empty(), content);
    }

    /**
     * What the SMTP client said before DATA.
     *
     * @param peer its address
     * @param helo its HELO or EHLO argument, as given
     * @param sender the envelope sender, however unusual; empty for {@code <>} only
     * @param recipients one or more, each resolved at RCPT
     */
    public record Envelope(InetAddress peer, String helo, Optional<ReversePath> sender, List<Destination> recipients) {

        public Envelope {
            recipients = List.copyOf(recipients);
            if (recipients.isEmpty()) {
                throw new IllegalArgumentException("mail without recipients");
            }
        }

        @Override
        public String toString() {
            return "Envelope[" + recipients.size() + " recipients]";
        }
    }

    public InetAddress peer() {
        return envelope.peer();
    }

    public String helo() {
        return envelope.helo();
    }

    public Optional<ReversePath> sender() {
        return envelope.sender();
    }

    public List<Destination> recipients() {
        return envelope.recipients();
    }

    /** The same mail as a filter of the operator's has changed it; it was read anew. */
    public ArrivedMail changed(List<String> nowAnswers, Optional<byte[]> nowEncrypted, MailContent nowContent) {
        return new ArrivedMail(envelope, messageId, nowAnswers, nowEncrypted, nowContent);
    }

    public EnvelopeSender envelopeSender() {
        return EnvelopeSender.of(sender());
    }

    @Override
    public String toString() {
        return "ArrivedMail[" + envelope + ", " + content + "]";
    }
}
