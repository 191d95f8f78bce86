package org.therapost.domain.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.SessionDesk;
import org.therapost.domain.sessions.TherapistMail;

/** Outbound: a therapist's answer is checked, sealed and filed, and the parcel for the client is posted with it. */
public final class SendAnswer {

    private final Directory directory;
    private final Sealer sealer;
    private final Composer composer;
    private final Threads threads;
    private final SessionDesk desk;
    private final MessageIds messageIds;
    private final Clock clock;

    public SendAnswer(
            Directory directory,
            Sealer sealer,
            Composer composer,
            Threads threads,
            SessionDesk desk,
            MessageIds messageIds,
            Clock clock) {
        this.directory = directory;
        this.sealer = sealer;
        this.composer = composer;
        this.threads = threads;
        this.desk = desk;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * The thread that one recipient of a submission means: by its address, or by the mailbox of its client.
     *
     * @throws RefusedException {@link Refusal#NOT_A_THREAD} if it is not one of this account's threads
     */
    public ClientThread addressee(EmailAddress account, EmailAddress recipient)
            throws RefusedException, CannotTellException {
        Destination destination;
        try {
            destination = directory.resolve(recipient);
        } catch (RefusedException notOurs) {
            // What "Reply" does; whether it is one shows in the header, at DATA.
            return directory
                    .threadWith(recipient, account)
                    .orElseThrow(() -> new RefusedException(Refusal.NOT_A_THREAD));
        }
        if (destination instanceof Destination.ToThread to
                && to.thread().therapist().address().sameMailbox(account)) {
            return to.thread();
        }
        throw new RefusedException(Refusal.NOT_A_THREAD);
    }

    /**
     * Files an answer and posts it; what orders something of us is filed and done instead. The same submission again is
     * filed, posted and done no second time.
     *
     * @return the filed answer; it and its parcel are durable
     * @throws RefusedException if the account speaks for somebody else, or names anybody but one thread of its own; then
     *     nothing was filed and nothing leaves
     */
    public FiledMessage send(Submission submission) throws RefusedException, CannotTellException {
        Therapist therapist = directory.therapist(submission.account());
        requireSelf(therapist, submission);
        ClientThread thread = oneThread(submission);
        List<MessageId> ids =
                messageIds.of(submission.messageId(), submission.content(), List.of(new Place.FromTherapist(thread)));
        try {
            return take(thread, submission, ids.get(0));
        } catch (FiledBeforeException again) {
            return threads.filed(ids).get(0);
        }
    }

    private FiledMessage take(ClientThread thread, Submission submission, MessageId id)
            throws RefusedException, CannotTellException {
        Instant now = clock.instant();
        MailContent written = submission.content();
        EmailAddress author = thread.therapist().address();
        String messageId = submission.messageId().orElseGet(() -> Reading.messageId(id, author));
        Filing filing = new Filing(
                id,
                new Place.FromTherapist(thread),
                sealer.seal(written, Reading.ofThread(thread, author, messageId, now)));
        TherapistMail mail = desk.reader().read(thread, written);
        if (mail instanceof TherapistMail.Command order) {
            return desk.takeCommand().take(thread, order.command(), filing);
        }
        if (mail instanceof TherapistMail.Calendar calendar) {
            return desk.keepCalendar().keep(thread, calendar.messages(), filing);
        }
        return post(thread, (TherapistMail.Answer) mail, filing, written, now);
    }

    private FiledMessage post(
            ClientThread thread, TherapistMail.Answer answer, Filing filing, MailContent written, Instant now)
            throws RefusedException, CannotTellException {
        MailContent titled = answer.retitled()
                .map(subject -> composer.retitled(written, subject))
                .orElse(written);
        Carriage carriage = Carriage.to(thread.client(), sealer);
        List<Filing> filings =
                carriage == Carriage.WAIT ? List.of(filing, waitingNotice(thread, now)) : List.of(filing);
        Parcel parcel = parcel(
                thread, carriage, carriage == Carriage.WAIT ? titled : composer.answer(thread, titled, carriage));
        return answer.timetable().isPresent()
                ? desk.postAnswer().post(thread, answer.timetable().get(), answer, filings, parcel)
                : threads.file(filings, List.of(parcel)).get(0);
    }

    private static void requireSelf(Therapist therapist, Submission submission) throws RefusedException {
        List<EmailAddress> spoken = new ArrayList<>(submission.authors());
        spoken.add(submission.sender());
        if (submission.authors().isEmpty() || !spoken.stream().allMatch(therapist.address()::sameMailbox)) {
            throw new RefusedException(Refusal.NOT_SELF);
        }
    }

    private ClientThread oneThread(Submission submission) throws RefusedException, CannotTellException {
        if (submission.recipients().isEmpty()) {
            throw new RefusedException(Refusal.NOT_A_THREAD);
        }
        ClientThread thread = addressee(submission, submission.recipients().get(0));
        List<EmailAddress> everyone = new ArrayList<>(submission.recipients());
        submission.named().stream()
                .filter(named -> !named.sameMailbox(submission.account()))
                .forEach(everyone::add);
        for (EmailAddress one : everyone) {
            if (!addressee(submission, one).id().equals(thread.id())) {
                throw new RefusedException(Refusal.SEVERAL_THREADS);
            }
        }
        return thread;
    }

    // A new message to the client's own mailbox is what the thread's address is there to prevent: a slip. A reply is
    // none.
    private ClientThread addressee(Submission submission, EmailAddress named)
            throws RefusedException, CannotTellException {
        ClientThread thread = addressee(submission.account(), named);
        if (!submission.reply() && !named.sameMailbox(thread.address())) {
            throw new RefusedException(Refusal.NOT_A_THREAD);
        }
        return thread;
    }

    private Filing waitingNotice(ClientThread thread, Instant now) {
        MessageId id = new MessageId(UUID.randomUUID());
        MailContent notice = composer.notice(thread.therapist(), new Notice.Waiting(thread, now));
        return new Filing(
                id,
                new Place.Notice(thread.therapist()),
                sealer.seal(
                        notice, Reading.ofTherapist(thread.therapist(), Reading.messageId(id, thread.address()), now)));
    }

    private static Parcel parcel(ClientThread thread, Carriage carriage, MailContent content) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                thread.id(),
                carriage,
                thread.address(),
                thread.client().address(),
                content);
    }
}
