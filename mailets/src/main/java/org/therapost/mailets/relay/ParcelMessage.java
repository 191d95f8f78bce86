package org.therapost.mailets.relay;

import com.sun.mail.smtp.SMTPMessage;
import java.io.IOException;
import java.io.OutputStream;
import javax.mail.Session;
import org.therapost.domain.sealing.MailContent;

/**
 * A parcel's content as Jakarta Mail's transport takes it: written exactly as it is. After {@link #writeTo} the transport
 * writes the final dot.
 */
final class ParcelMessage extends SMTPMessage {

    private final MailContent mail;
    private final BeforeTheDot beforeTheDot;
    private boolean begun;
    private boolean complete;

    /** What happens when all is written but the final dot. */
    interface BeforeTheDot {

        /** @throws IOException if the dot must not be written: the transport then drops the connection */
        void look() throws IOException;
    }

    ParcelMessage(Session session, MailContent mail, String envelopeSender, BeforeTheDot beforeTheDot) {
        super(session);
        this.mail = mail;
        this.beforeTheDot = beforeTheDot;
        setEnvelopeFrom(envelopeSender);
    }

    /** Whether it needs 8BITMIME (RFC 6152). */
    boolean has8Bit() {
        for (byte octet : mail.octets()) {
            if (octet < 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void writeTo(OutputStream out, String[] ignoredFields) throws IOException {
        begun = true;
        out.write(mail.octets());
        out.flush();
        beforeTheDot.look();
        complete = true;
    }

    /** Whether the other server has let us begin with the message: it has taken sender and recipient. */
    boolean begun() {
        return begun;
    }

    /** Whether the other server may have got all of it, the final dot included. */
    boolean complete() {
        return complete;
    }

    @Override
    public int getSize() {
        return mail.size();
    }
}
