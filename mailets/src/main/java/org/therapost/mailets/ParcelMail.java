package org.therapost.mailets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import javax.mail.MessagingException;
import javax.mail.internet.MimeMessage;
import org.apache.james.core.MailAddress;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.therapost.domain.addresses.AsciiForm;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.carriage.LeasedParcel;
import org.therapost.domain.carriage.ParcelAttributes;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.MailContent;

/** Reads a parcel out of the queue's mail. */
public final class ParcelMail {

    private static final AttributeName SPOOLER_FAILURES = AttributeName.of("mail-processing-error-count");

    private ParcelMail() {}

    /**
     * The parcel in the hands of this attempt.
     *
     * @throws IllegalArgumentException if it is no parcel
     */
    public static LeasedParcel parcel(Mail mail) throws MessagingException {
        return new LeasedParcel(
                new Parcel(
                        id(mail),
                        thread(mail),
                        new Parcel.Route(
                                Carriage.valueOf(text(mail, ParcelAttributes.CARRIAGE)),
                                mail.getMaybeSender().asOptional().map(ParcelMail::address),
                                address(mail.getRecipients().iterator().next())),
                        content(mail),
                        new Parcel.Kind(
                                flag(mail, ParcelAttributes.OURS)
                                        ? Parcel.Kind.Author.SERVER
                                        : Parcel.Kind.Author.THERAPIST,
                                instant(mail, ParcelAttributes.OVERTAKES))),
                hold(mail),
                Instant.parse(text(mail, ParcelAttributes.POSTED)),
                Instant.parse(text(mail, ParcelAttributes.TAKEN)),
                new LeasedParcel.Delays(
                        instant(mail, ParcelAttributes.DEFERRED),
                        instant(mail, ParcelAttributes.OF_ITSELF),
                        flag(mail, ParcelAttributes.ASIDE),
                        flag(mail, ParcelAttributes.TOLD),
                        flag(mail, ParcelAttributes.TOLD_ASIDE)),
                instant(mail, ParcelAttributes.SERVERS_WAITED));
    }

    private static boolean flag(Mail mail, String name) {
        return value(mail, name, Boolean.class).orElse(false);
    }

    private static Optional<Instant> instant(Mail mail, String name) {
        return value(mail, name, String.class).map(Instant::parse);
    }

    /**
     * The right of this attempt.
     *
     * @throws IllegalArgumentException if it is no parcel
     */
    public static ParcelLease hold(Mail mail) {
        return new ParcelLease(id(mail), UUID.fromString(text(mail, ParcelAttributes.HOLD)));
    }

    /**
     * The thread of a parcel, also of one that cannot be read otherwise.
     *
     * @throws IllegalArgumentException if it is no parcel
     */
    public static ThreadId thread(Mail mail) {
        return new ThreadId(UUID.fromString(text(mail, ParcelAttributes.THREAD)));
    }

    /**
     * Forgets how often the spooler saw it fail: after five times James would put a mail away by itself, and nobody would be
     * told. Here the attempts that began are what counts ({@link ParcelAttributes#TAKES}).
     */
    public static void forgetFailures(Mail mail) {
        mail.removeAttribute(SPOOLER_FAILURES);
    }

    /** How many attempts have begun since one of them came to an end. */
    static int takes(Mail mail) {
        return value(mail, ParcelAttributes.TAKES, Integer.class).orElse(0);
    }

    private static EmailAddress address(MailAddress address) {
        return EmailAddress.of(AsciiForm.read(address.asString()));
    }

    private static ParcelId id(Mail mail) {
        return new ParcelId(UUID.fromString(mail.getName()));
    }

    private static MailContent content(Mail mail) throws MessagingException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        MimeMessage message = mail.getMessage();
        try {
            // James writes the header of its wrapper as ASCII, and RFC 6532 has UTF-8 in it: the stream is what came.
            if (message instanceof MimeMessageWrapper wrapper) {
                try (InputStream octets = wrapper.getMessageInputStream()) {
                    octets.transferTo(content);
                }
            } else {
                message.writeTo(content);
            }
        } catch (IOException broken) {
            // Without cause: what mailets throw ends up in logs and repositories.
            throw new MessagingException("the message could not be read");
        }
        return MailContent.of(content.toByteArray());
    }

    private static String text(Mail mail, String name) {
        return value(mail, name, String.class).orElseThrow(() -> new IllegalArgumentException("no attribute " + name));
    }

    private static <T> Optional<T> value(Mail mail, String name, Class<T> type) {
        return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(name), type);
    }
}
