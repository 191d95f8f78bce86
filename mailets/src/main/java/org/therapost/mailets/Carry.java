package org.therapost.mailets;

import javax.inject.Inject;
import javax.mail.MessagingException;
import org.apache.mailet.Mail;
import org.apache.mailet.base.GenericMailet;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarryParcel;

/**
 * Takes a parcel out of the queue's mail and has it carried: the journey {@link CarryParcel}. A parcel on which attempt
 * after attempt dies goes to the processor {@code error}.
 */
public final class Carry extends GenericMailet {

    /** Attempts that may begin without one of them coming to an end; by the queue's pauses, in some minutes. */
    public static final int MOST_TAKES = 10;

    private final CarryParcel carryParcel;

    @Inject
    public Carry(CarryParcel carryParcel) {
        this.carryParcel = carryParcel;
    }

    @Override
    public void service(Mail mail) throws MessagingException {
        ParcelMail.forgetFailures(mail);
        if (ParcelMail.takes(mail) > MOST_TAKES) {
            mail.setState(Mail.ERROR);
            return;
        }
        try {
            carry(mail);
            mail.setState(Mail.GHOST);
        } catch (RefusedException | CannotTellException | RuntimeException | Error failed) {
            // An error that went further would take the spooler's thread with it. Without cause: what mailets throw
            // ends
            // up in logs and repositories.
            throw new MessagingException(
                    "parcel not carried: " + failed.getClass().getSimpleName());
        }
    }

    private void carry(Mail mail) throws MessagingException, RefusedException, CannotTellException {
        try {
            carryParcel.carry(ParcelMail.parcel(mail));
        } catch (CannotTellException unclear) {
            carryParcel.putOff(ParcelMail.hold(mail));
        }
    }

    @Override
    public String getMailetInfo() {
        return "Carries one parcel to the client's mail exchanger";
    }
}
