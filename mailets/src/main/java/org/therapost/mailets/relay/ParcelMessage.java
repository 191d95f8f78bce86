package org.therapost.mailets.relay;

import com.sun.mail.smtp.SMTPMessage;
import java.io.IOException;
import java.io.OutputStream;
import javax.mail.Session;
import org.therapost.domain.sealing.MailContent;

/** A parcel's content as Jakarta Mail's transport takes it: written exactly as it is. */
final class ParcelMessage extends SMTPMessage {

    private final MailContent mail;

    ParcelMessage(Session session, MailContent mail, String envelopeSender) {
        super(session);
        this.mail = mail;
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
        out.write(mail.octets());
    }

    @Override
    public int getSize() {
        return mail.size();
    }
}
