package org.therapost.mailets.pipeline;

import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageSource;
import org.apache.james.server.core.MimeMessageWrapper;
import org.therapost.domain.addresses.AsciiForm;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.pipeline.InboundMail;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.domain.sealing.MailContent;

/**
 * The message of a mail in a pipeline, as James's mailets see it: JavaMail parses the octets only if a mailet asks, and nothing
 * is ever copied into a file.
 */
public final class MessageInMemory implements MimeMessageSource {

    // What James cannot read as an address, filters need not either.
    private static final String STAND_IN = "beyond-james@therapost.invalid";

    private final MailContent content;

    private MessageInMemory(MailContent content) {
        this.content = content;
    }

    /** James's mail for one from outside. */
    public static MailImpl mail(InboundMail.Delivered mail) throws MessagingException {
        MailImpl james = mail(
                mail.sender().map(ReversePath::value),
                mail.recipients().destinations().stream()
                        .map(MessageInMemory::address)
                        .toList(),
                mail.content());
        james.setRemoteAddr(mail.peer().getHostAddress());
        james.setRemoteHost(mail.helo());
        PipelineAttribute.put(james, mail);
        return james;
    }

    /** James's mail for one that a therapist submits. */
    public static MailImpl mail(OutboundMail.Submitted mail) throws MessagingException {
        MailImpl james = mail(mail.sender().map(EmailAddress::value), mail.recipients(), mail.content());
        PipelineAttribute.put(james, mail);
        return james;
    }

    private static MailImpl mail(Optional<String> sender, Collection<EmailAddress> recipients, MailContent content)
            throws MessagingException {
        List<MailAddress> to =
                recipients.stream().map(address -> address(address.value())).toList();
        MailImpl mail = MailImpl.builder()
                .name(UUID.randomUUID().toString())
                .sender(sender.map(MessageInMemory::address))
                .addRecipients(to.isEmpty() ? List.of(address(STAND_IN)) : to)
                .build();
        show(mail, content);
        return mail;
    }

    /** Shows these octets to the mailets that follow. */
    public static void show(MailImpl mail, MailContent content) throws MessagingException {
        mail.setMessageNoCopy(new MimeMessageWrapper(new MessageInMemory(content)));
    }

    private static EmailAddress address(Destination destination) {
        return destination instanceof Destination.ToThread to
                ? to.thread().address()
                : ((Destination.ToTherapist) destination).therapist().address();
    }

    private static MailAddress address(String address) {
        try {
            return new MailAddress(AsciiForm.of(address));
        } catch (AddressException | RuntimeException strange) {
            return standIn();
        }
    }

    private static MailAddress standIn() {
        try {
            return new MailAddress(STAND_IN);
        } catch (AddressException impossible) {
            throw new IllegalStateException("the stand-in is no address", impossible);
        }
    }

    @Override
    public String getSourceId() {
        return "memory";
    }

    @Override
    public InputStream getInputStream() {
        return content.stream();
    }

    @Override
    public long getMessageSize() {
        return content.size();
    }
}
