package org.therapost.domain.carriage;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes messages that leave, and notes about parcels. */
public interface Composer {

    /**
     * The answer as the client gets it. It comes from the thread's address, has no trace of the therapist's
     * program or mailbox, leaves the body untouched, and is DKIM-signed (RFC 6376) by the practice.
     *
     * @param carriage {@link Carriage#OPENPGP} or {@link Carriage#TLS}
     */
    MailContent answer(ClientThread thread, MailContent written, Carriage carriage) throws CannotTellException;

    /** The same message with another subject. */
    MailContent retitled(MailContent written, String subject);

    /** A note to a therapist about one of their parcels. It quotes nothing. */
    MailContent notice(Therapist therapist, CarriageNote notice);
}
