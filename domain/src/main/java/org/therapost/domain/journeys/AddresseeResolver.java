package org.therapost.domain.journeys;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.conversation.incoming.ReplyReferences;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.pipeline.Addressee;

/**
 * Finds the one addressee of a therapist's mail: the client of one thread, named by the thread's address or
 * by the client's own mailbox, or the office. If the mail names anybody else, nothing leaves.
 */
public final class AddresseeResolver {

    private final Directory directory;
    private final Office office;
    private final OfficeNotes notes;
    private final MessageIdOwners messageIdOwners;

    public AddresseeResolver(Directory directory, Office office, OfficeNotes notes, MessageIdOwners messageIdOwners) {
        this.directory = directory;
        this.office = office;
        this.notes = notes;
        this.messageIdOwners = messageIdOwners;
    }

    /**
     * The therapist behind a login name.
     *
     * @throws RefusedException {@link Refusal#NOT_SELF} if that account is no therapist
     */
    Therapist therapist(EmailAddress account) throws RefusedException, CannotTellException {
        return directory.therapist(account);
    }

    /**
     * The addressee that one recipient of a submission names.
     *
     * @throws RefusedException {@link Refusal#NOT_A_THREAD} if it is neither one of this account's threads
     *     nor the office, {@link Refusal#SEVERAL_THREADS_OF_MAILBOX} if it names several, {@link
     *     Refusal#UNREACHABLE_CLIENT} if nothing could ever leave for it
     */
    public Addressee of(EmailAddress account, EmailAddress recipient) throws RefusedException, CannotTellException {
        if (office.is(recipient) && recipient.domain().equals(account.domain())) {
            return new Addressee.TheOffice();
        }
        Destination destination;
        try {
            destination = directory.resolve(recipient);
        } catch (RefusedException notOurs) {
            return reachable(ofMailbox(account, recipient));
        }
        if (destination instanceof Destination.ToThread to
                && to.thread().therapist().address().sameMailbox(account)) {
            return reachable(to.thread());
        }
        throw new RefusedException(Refusal.NOT_A_THREAD);
    }

    private static Addressee reachable(ClientThread thread) throws RefusedException {
        if (!thread.client().isReachable()) {
            throw new RefusedException(Refusal.UNREACHABLE_CLIENT);
        }
        return new Addressee.OfThread(thread);
    }

    private ClientThread ofMailbox(EmailAddress account, EmailAddress mailbox)
            throws RefusedException, CannotTellException {
        List<ClientThread> threads = directory.threadsWith(mailbox, account);
        if (threads.isEmpty()) {
            throw new RefusedException(Refusal.NOT_A_THREAD);
        }
        if (threads.size() > 1) {
            throw new RefusedException(
                    Refusal.SEVERAL_THREADS_OF_MAILBOX,
                    threads.stream().map(ClientThread::address).toList());
        }
        return threads.get(0);
    }

    /**
     * The one addressee of a submission, by its envelope and its header.
     *
     * @throws RefusedException if there is none or more than one, or it answers something of another thread
     */
    Addressee of(Therapist therapist, Submission submission) throws RefusedException, CannotTellException {
        List<EmailAddress> everyone = new ArrayList<>(submission.recipients());
        submission.named().stream()
                .filter(named -> !named.sameMailbox(submission.account()))
                .forEach(everyone::add);
        Optional<Addressee> first = Optional.empty();
        for (EmailAddress one : everyone) {
            Addressee next =
                    first.isEmpty() ? of(submission.account(), one) : beside(first.get(), submission.account(), one);
            first = Optional.of(next);
        }
        Addressee addressee = first.orElseThrow(() -> new RefusedException(Refusal.NOT_A_THREAD));
        if (addressee instanceof Addressee.OfThread to) {
            requireNothingElseAnswered(therapist, to.thread(), submission.answers());
        }
        return addressee;
    }

    /**
     * One more recipient.
     *
     * @throws RefusedException if it is not the same addressee
     */
    public Addressee beside(Addressee first, EmailAddress account, EmailAddress recipient)
            throws RefusedException, CannotTellException {
        Addressee other;
        try {
            other = of(account, recipient);
        } catch (RefusedException outside) {
            throw outside.refusal() == Refusal.NOT_A_THREAD ? new RefusedException(Refusal.OUTSIDE_BESIDE) : outside;
        }
        if (first.same(other)) {
            return first;
        }
        boolean threads = first instanceof Addressee.OfThread && other instanceof Addressee.OfThread;
        throw new RefusedException(threads ? Refusal.SEVERAL_THREADS : Refusal.OFFICE_BESIDE);
    }

    /**
     * A reply to a message of another thread, or to a note, would quote to this client what is not theirs.
     * The message that it answers decides. If no thread knows that message, the latest known message in
     * {@code References} decides.
     */
    private void requireNothingElseAnswered(Therapist therapist, ClientThread thread, ReplyReferences replyReferences)
            throws RefusedException, CannotTellException {
        if (replyReferences.all().stream().anyMatch(id -> notes.isOne(therapist, id))) {
            throw new RefusedException(Refusal.ANSWERS_A_NOTE);
        }
        if (!replyReferences.all().isEmpty()
                && !isOf(thread, replyReferences, messageIdOwners.holders(List.of(thread), replyReferences.all()))) {
            Directory.ThreadList hers = directory.threadsOf(therapist);
            Map<String, Set<ThreadId>> holders = messageIdOwners.holders(hers.readable(), replyReferences.all());
            if (!hers.changed().isEmpty() && !holders.keySet().containsAll(replyReferences.all())) {
                throw new CannotTellException("what it answers may be of a thread that somebody changed");
            }
            requireNoneOfAnother(thread, replyReferences, holders);
        }
    }

    /** The usual case, which needs no look at other threads. */
    private static boolean isOf(
            ClientThread thread, ReplyReferences replyReferences, Map<String, Set<ThreadId>> holders) {
        return !replyReferences.inReplyTo().isEmpty()
                && replyReferences.inReplyTo().stream()
                        .allMatch(id -> holders.getOrDefault(id, Set.of()).contains(thread.id()));
    }

    private void requireNoneOfAnother(
            ClientThread thread, ReplyReferences replyReferences, Map<String, Set<ThreadId>> holders)
            throws RefusedException, CannotTellException {
        for (String id : replyReferences.inReplyTo()) {
            requireNotOfAnother(thread, holders.getOrDefault(id, Set.of()));
        }
        if (replyReferences.inReplyTo().stream().noneMatch(holders::containsKey)) {
            Optional<String> latest = replyReferences.backwards().stream()
                    .filter(holders::containsKey)
                    .findFirst();
            if (latest.isPresent()) {
                requireNotOfAnother(thread, holders.getOrDefault(latest.get(), Set.of()));
            }
        }
    }

    /** A message that is in several threads decides for none of them. */
    private void requireNotOfAnother(ClientThread thread, Set<ThreadId> holders)
            throws RefusedException, CannotTellException {
        if (holders.size() == 1 && !holders.contains(thread.id())) {
            ClientThread other = directory.thread(holders.iterator().next());
            throw new RefusedException(Refusal.ANSWERS_ANOTHER_THREAD, List.of(other.address()));
        }
    }
}
