package org.therapost.domain.enrolment;

import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.people.ClientMailboxes;

/** How a client's mailboxes change: who writes from the telephone and from work has two. */
public final class ChangeClientMailboxes {

    private static final int MOST = 10;

    private final Directory directory;
    private final ClientMailboxRegister register;
    private final EquivalentAddresses equivalentAddresses;

    public ChangeClientMailboxes(
            Directory directory, ClientMailboxRegister register, EquivalentAddresses equivalentAddresses) {
        this.directory = directory;
        this.register = register;
        this.equivalentAddresses = equivalentAddresses;
    }

    /** The mailboxes of a thread's client. */
    public ClientMailboxes of(String threadAddress) throws EnrolmentException, CannotTellException {
        return thread(threadAddress).client().mailboxes();
    }

    /** Adds a mailbox from which the client writes as well. */
    public ClientMailboxes add(String threadAddress, String mailbox) throws EnrolmentException, CannotTellException {
        ClientThread thread = thread(threadAddress);
        EmailAddress address = address(mailbox);
        if (thread.client().writesAs(address)) {
            throw new EnrolmentException("this mailbox is the client's already");
        }
        if (address.equals(ClientMailboxes.REFUSED)) {
            throw new EnrolmentException("not a mailbox address (client): no mail can go to .invalid");
        }
        if (thread.client().mailboxes().all().size() >= MOST) {
            throw new EnrolmentException("a client has " + MOST + " mailboxes at most");
        }
        if (directory.threadsWith(address, thread.therapist().address()).stream()
                .anyMatch(other -> !other.id().equals(thread.id()))) {
            throw new EnrolmentException("this mailbox is another client's of this therapist");
        }
        register.add(thread.id(), address);
        return of(threadAddress);
    }

    /** Removes a mailbox that is not the primary one. */
    public ClientMailboxes remove(String threadAddress, String mailbox) throws EnrolmentException, CannotTellException {
        ClientThread thread = thread(threadAddress);
        EmailAddress address = address(mailbox);
        if (equivalentAddresses.same(thread.client().address(), address)) {
            throw new EnrolmentException(
                    "this is the primary mailbox, to which answers go: make another one primary first");
        }
        register.remove(thread.id(), enrolled(thread, address));
        return of(threadAddress);
    }

    /** Makes a mailbox of the client's the primary one: answers and letters go there from now on. */
    public ClientMailboxes makePrimary(String threadAddress, String mailbox)
            throws EnrolmentException, CannotTellException {
        ClientThread thread = thread(threadAddress);
        EmailAddress address = address(mailbox);
        if (!equivalentAddresses.same(thread.client().address(), address)) {
            register.makePrimary(thread.id(), enrolled(thread, address));
        }
        return of(threadAddress);
    }

    private EmailAddress enrolled(ClientThread thread, EmailAddress address) throws EnrolmentException {
        return thread.client().mailboxes().further().stream()
                .filter(mailbox -> equivalentAddresses.same(mailbox, address))
                .findFirst()
                .orElseThrow(() -> new EnrolmentException("this is not one of the client's mailboxes"));
    }

    private ClientThread thread(String threadAddress) throws EnrolmentException, CannotTellException {
        EmailAddress address =
                EmailAddress.parse(threadAddress.strip()).orElseThrow(why -> new EnrolmentException("no such thread"));
        try {
            if (directory.resolve(address) instanceof Destination.ToThread to) {
                return to.thread();
            }
        } catch (RefusedException unknown) {
            throw new EnrolmentException("no such thread");
        }
        throw new EnrolmentException("not a thread's address");
    }

    private static EmailAddress address(String text) throws EnrolmentException {
        return EmailAddress.parse(text.strip())
                .orElseThrow(why -> new EnrolmentException("not a mailbox address (client): " + why));
    }
}
