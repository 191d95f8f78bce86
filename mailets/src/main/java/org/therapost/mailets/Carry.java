package org.therapost.mailets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.mailet.AttributeName;
import org.apache.mailet.AttributeUtils;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.CarryParcel;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelAttributes;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.MailContent;

/** Takes a parcel out of the queue's mail and has it carried: the journey {@link CarryParcel}. */
public final class Carry extends GenericMailet {

    private final CarryParcel carryParcel;

    @Inject
    public Carry(CarryParcel carryParcel) {
        this.carryParcel = carryParcel;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        try {
            Parcel parcel = parcel(mail);
            try {
                carryParcel.carry(parcel, Instant.parse(attribute(mail, ParcelAttributes.POSTED)));
            } catch (CannotTellException unclear) {
                carryParcel.putOff(parcel.id());
            }
            mail.setState(Mail.GHOST);
        } catch (RefusedException | CannotTellException | IOException | IllegalArgumentException failed) {
            // Without cause: what mailets throw ends up in logs and repositories.
            throw new MessagingException(
                    "parcel not carried: " + failed.getClass().getSimpleName());
        }
    }

    private static Parcel parcel(Mail mail) throws MessagingException, IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        mail.getMessage().writeTo(content);
        return new Parcel(
                new ParcelId(UUID.fromString(mail.getName())),
                new ThreadId(UUID.fromString(attribute(mail, ParcelAttributes.THREAD))),
                Carriage.valueOf(attribute(mail, ParcelAttributes.CARRIAGE)),
                EmailAddress.of(mail.getMaybeSender().asString()),
                EmailAddress.of(mail.getRecipients().iterator().next().asString()),
                MailContent.of(content.toByteArray()));
    }

    private static String attribute(Mail mail, String name) {
        return AttributeUtils.getValueAndCastFromMail(mail, AttributeName.of(name), String.class)
                .orElseThrow(() -> new IllegalArgumentException("no attribute " + name));
    }

    @Override
    public String getMailetInfo() {
        return "Carries one parcel to the client's mail exchanger";
    }
}
