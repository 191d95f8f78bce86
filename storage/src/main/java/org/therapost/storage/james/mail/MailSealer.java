package org.therapost.storage.james.mail;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.mail.MessagingException;
import javax.mail.internet.AddressException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MailImpl;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeValue;
import org.apache.mailet.Mail;
import org.apache.mailet.PerRecipientHeaders;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.AsciiForm;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumn;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.james.mail.MailEnvelope.RecipientHeader;

/** Seals mails for one place, a queue or a repository, and opens them again. */
public final class MailSealer {

    private final ServerKey key;
    private final SealedColumn content;
    private final SealedColumn envelope;

    private MailSealer(ServerKey key, SealedColumn content, SealedColumn envelope) {
        this.key = key;
        this.content = content;
        this.envelope = envelope;
    }

    /** Of the queue: a row is named by its id. */
    public static MailSealer ofQueue(ServerKey key) {
        return new MailSealer(key, SealedColumns.QUEUE_CONTENT, SealedColumns.QUEUE_ENVELOPE);
    }

    /** Of the repositories: a row is named by path and key. */
    public static MailSealer ofRepository(ServerKey key) {
        return new MailSealer(key, SealedColumns.REPOSITORY_CONTENT, SealedColumns.REPOSITORY_ENVELOPE);
    }

    /** Seals a mail as it is now for a row, its message octet for octet unless a mailet has changed it. */
    public SealedMail seal(Mail mail, Object... row) throws MessagingException {
        return seal(envelope(mail), octets(mail.getMessage()), row);
    }

    /** Seals an envelope and a message for a row. */
    public SealedMail seal(MailEnvelope outside, byte[] message, Object... row) {
        return new SealedMail(
                envelope.seal(key, outside.toJson(), row), content.seal(key, message, row), message.length);
    }

    /**
     * Opens an envelope.
     *
     * @throws SealedException if it was damaged, or sealed for another row or with another server key
     */
    public MailEnvelope openEnvelope(byte[] sealed, Object... row) throws SealedException {
        return MailEnvelope.fromJson(envelope.open(key, sealed, row));
    }

    /**
     * Opens a message.
     *
     * @throws SealedException if it was damaged, or sealed for another row or with another server key
     */
    public byte[] openContent(byte[] sealed, Object... row) throws SealedException {
        return content.open(key, sealed, row);
    }

    /**
     * Opens a mail.
     *
     * @throws SealedException if it was damaged, or sealed for another row or with another server key
     */
    public MailImpl open(String name, byte[] sealedEnvelope, byte[] sealedContent, Object... row)
            throws SealedException {
        MailEnvelope outside = openEnvelope(sealedEnvelope, row);
        byte[] message = openContent(sealedContent, row);
        try {
            MailImpl mail = mail(name, outside);
            if (message.length > 0) {
                mail.setMessageNoCopy(new MimeMessageWrapper(new OctetsSource(name, message)));
            }
            return mail;
        } catch (MessagingException | IllegalStateException | IllegalArgumentException broken) {
            // Without the cause, which quotes addresses.
            throw new SealedException("the envelope is not one of this version");
        }
    }

    private static MailImpl mail(String name, MailEnvelope outside) throws AddressException {
        MailImpl.Builder mail = MailImpl.builder()
                .name(name)
                .state(outside.progress().state())
                .errorMessage(outside.progress().error())
                .remoteHost(outside.peer().host())
                .remoteAddr(outside.peer().address())
                .lastUpdated(date(outside.progress().lastUpdated()));
        String sender = outside.route().sender();
        if (sender != null) {
            mail.sender(new MailAddress(AsciiForm.of(sender)));
        }
        for (String recipient : outside.route().recipients()) {
            mail.addRecipient(new MailAddress(AsciiForm.of(recipient)));
        }
        for (RecipientHeader header : outside.headers()) {
            mail.addHeaderForRecipient(
                    PerRecipientHeaders.Header.builder()
                            .name(header.name())
                            .value(header.value())
                            .build(),
                    new MailAddress(AsciiForm.of(header.recipient())));
        }
        for (Map.Entry<String, JsonNode> attribute : outside.attributes().entrySet()) {
            mail.addAttribute(
                    new Attribute(AttributeName.of(attribute.getKey()), AttributeValue.fromJson(attribute.getValue())));
        }
        return mail.build();
    }

    private static MailEnvelope envelope(Mail mail) {
        Map<String, JsonNode> attributes = new LinkedHashMap<>();
        mail.attributes().forEach(attribute -> attribute
                .getValue()
                .toJson()
                .ifPresent(json -> attributes.put(attribute.getName().asString(), json)));
        List<RecipientHeader> headers = new ArrayList<>();
        mail.getPerRecipientSpecificHeaders()
                .getHeadersByRecipient()
                .forEach((recipient, header) ->
                        headers.add(new RecipientHeader(address(recipient), header.getName(), header.getValue())));
        return new MailEnvelope(
                new MailEnvelope.Route(
                        mail.getMaybeSender()
                                .asOptional()
                                .map(MailSealer::address)
                                .orElse(null),
                        mail.getRecipients().stream().map(MailSealer::address).toList()),
                new MailEnvelope.Progress(
                        mail.getState(),
                        mail.getErrorMessage(),
                        Optional.ofNullable(mail.getLastUpdated())
                                .map(Date::getTime)
                                .orElse(null)),
                new MailEnvelope.Peer(mail.getRemoteHost(), mail.getRemoteAddr()),
                attributes,
                headers);
    }

    /** An address as it is sealed. */
    private static String address(MailAddress address) {
        return AsciiForm.read(address.asString());
    }

    private static @Nullable Date date(@Nullable Long milliseconds) {
        return milliseconds == null ? null : Date.from(Instant.ofEpochMilli(milliseconds));
    }

    private static byte[] octets(@Nullable MimeMessage message) throws MessagingException {
        if (message == null) {
            return new byte[0];
        }
        try {
            if (message instanceof MimeMessageWrapper wrapper) {
                try (InputStream stream = wrapper.getMessageInputStream()) {
                    return stream.readAllBytes();
                }
            }
            ByteArrayOutputStream octets = new ByteArrayOutputStream();
            message.writeTo(octets);
            return octets.toByteArray();
        } catch (IOException broken) {
            throw new MessagingException("the message could not be read");
        }
    }
}
