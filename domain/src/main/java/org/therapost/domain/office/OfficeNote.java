package org.therapost.domain.office;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.sessions.mail.MailOrigin;

/** A word of the office to a therapist that is not about the times of a thread. */
public sealed interface OfficeNote {

    /**
     * How commands are written.
     *
     * @param asked whether that was the question; else a mail was not understood, and nothing was done
     */
    record Help(boolean asked) implements OfficeNote {}

    /**
     * A command names no client, or more than one; nothing was done.
     *
     * @param threads those of the clients that may be meant
     */
    record WhichClient(List<ClientThread> threads) implements OfficeNote {

        public WhichClient {
            threads = List.copyOf(threads);
        }

        @Override
        public String toString() {
            return "WhichClient[" + threads.size() + " threads]";
        }
    }

    /** Something that the therapist's program sent by itself was not passed on to the client. */
    record NotPassedOn(MailOrigin origin) implements OfficeNote {}

    /** Something that a program sent by itself to the office; nothing was done. */
    record AutomaticMail() implements OfficeNote {}

    /** An event that counts names an organizer of whom we do not know whether it is the therapist. */
    record IsItYours(EmailAddress organizer) implements OfficeNote {}

    /** Somebody else's event went to the client as a file that comes with a letter; no session came of it. */
    record EventOfAnother(EmailAddress organizer) implements OfficeNote {}

    /** Operators may know the password, because they typed it or saw it printed: it should be changed. */
    record PasswordKnown() implements OfficeNote {}

    /**
     * What the server has on file about a thread is not as the server wrote it: somebody changed the database. Nothing goes there.
     *
     * @param address of the thread; who the client is may be just what was changed
     */
    record ThreadChanged(EmailAddress address) implements OfficeNote {}

    /** Mail from outside claimed to be an invitation to a thread; it was refused. */
    record InvitationFromOutside(Optional<EmailAddress> author) implements OfficeNote {}

    /** What came of the order to accept a client's new mail server. */
    record ServerAcceptance(ClientServers.Acceptance outcome) implements OfficeNote {}

    /**
     * The addresses outside under which the therapist's calendar may write.
     *
     * @param change what was done just now, if anything
     */
    record OwnAddresses(Change change, List<EmailAddress> confirmed) implements OfficeNote {

        public OwnAddresses {
            confirmed = List.copyOf(confirmed);
        }

        @Override
        public String toString() {
            return "OwnAddresses[" + change + ", " + confirmed.size() + " addresses]";
        }
    }

    /** What was done with an address. */
    enum Change {
        NONE,
        CONFIRMED,
        REFUSED,
        FORGOTTEN,
        UNKNOWN
    }
}
