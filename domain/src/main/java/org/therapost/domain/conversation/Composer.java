package org.therapost.domain.conversation;

import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;

/** Writes the messages that leave us. */
public interface Composer {

    /**
     * The answer as the client gets it: from the thread's address, without a trace of the therapist's program or
     * mailbox, the body untouched, DKIM-signed (RFC 6376) by the practice.
     *
     * @param carriage {@link Carriage#OPENPGP} or {@link Carriage#TLS}
     */
    MailContent answer(ClientThread thread, MailContent written, Carriage carriage) throws CannotTellException;

    /** The same message with another subject. */
    MailContent retitled(MailContent written, String subject);

    /** A word of ours to a therapist about one of their threads; it quotes nothing. */
    MailContent notice(Therapist therapist, Notice notice);
}
