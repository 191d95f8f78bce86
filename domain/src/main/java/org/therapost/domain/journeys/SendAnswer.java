package org.therapost.domain.journeys;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.conversation.incoming.Submission;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.pipeline.Addressee;
import org.therapost.domain.pipeline.OutboundMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.journeys.TherapistMailJourneys;
import org.therapost.domain.sessions.mail.TherapistMail;

/**
 * Outbound: the steps that a therapist's submission takes, in the order of the methods. It gets one of four
 * ends. An answer is sealed and filed, and its parcel is queued in the same transaction. A calendar's
 * message changes the agreed times. A command to the office is carried out. Automatic mail of the mail
 * program is answered by a note.
 */
public final class SendAnswer {

    private final AddresseeResolver addresseeResolver;
    private final Sealer sealer;
    private final Composer composer;
    private final Threads threads;
    private final TherapistMailJourneys desk;
    private final OfficeService office;
    private final StableMessageIds messageIds;
    private final Clock clock;

    public SendAnswer(
            AddresseeResolver addresseeResolver,
            Sealer sealer,
            Composer composer,
            Threads threads,
            TherapistMailJourneys desk,
            OfficeService office,
            StableMessageIds messageIds,
            Clock clock) {
        this.addresseeResolver = addresseeResolver;
        this.sealer = sealer;
        this.composer = composer;
        this.threads = threads;
        this.desk = desk;
        this.office = office;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * Finds the therapist behind an account.
     *
     * @throws RefusedException {@link Refusal#NOT_SELF} if the account speaks for somebody else
     */
    public OutboundMail.Authenticated authenticate(Submission submission) throws RefusedException, CannotTellException {
        Therapist therapist = addresseeResolver.therapist(submission.account());
        requireSelf(therapist, submission);
        return new OutboundMail.Authenticated(therapist, submission);
    }

    /**
     * Finds the one addressee.
     *
     * @throws RefusedException if the mail names anybody but one thread of the therapist's own or the office
     */
    public OutboundMail.Admitted admit(OutboundMail.Authenticated mail) throws RefusedException, CannotTellException {
        Therapist therapist = mail.therapist();
        Submission submission = mail.submission();
        Addressee addressee = addresseeResolver.of(therapist, submission);
        FilingPlace filingPlace = addressee instanceof Addressee.OfThread to
                ? new FilingPlace.FromTherapist(to.thread())
                : new FilingPlace.Notice(therapist);
        MessageId id = messageIds
                .of(submission.messageId(), submission.content(), List.of(filingPlace))
                .get(0);
        return new OutboundMail.Admitted(therapist, submission, addressee, id);
    }

    /** Reads what a mail to a thread is for the thread's agreed times: a letter, a calendar's message, or a program's own. */
    public OutboundMail.Timed enforceTimes(OutboundMail.Admitted mail) throws CannotTellException {
        if (mail.addressee() instanceof Addressee.OfThread to) {
            Submission submission = mail.submission();
            return new OutboundMail.Timed.ToThread(
                    mail,
                    to.thread(),
                    desk.reader().read(to.thread(), submission.content(), EnvelopeSender.of(submission.sender())));
        }
        return new OutboundMail.Timed.ToOffice(mail);
    }

    /** Seals a mail, and makes the parcel for the client. */
    public OutboundMail.Sealed seal(OutboundMail.Timed timed) throws CannotTellException {
        if (timed instanceof OutboundMail.Timed.ToOffice office) {
            return new OutboundMail.Sealed.Command(office.mail());
        }
        OutboundMail.Timed.ToThread mail = (OutboundMail.Timed.ToThread) timed;
        if (mail.read() instanceof TherapistMail.Automatic automatic) {
            return new OutboundMail.Sealed.Automatic(mail.mail(), mail.thread(), automatic);
        }
        Instant now = clock.instant();
        Filing filing = filing(mail, now);
        return mail.read() instanceof TherapistMail.Calendar calendar
                ? new OutboundMail.Sealed.Calendar(mail.mail(), mail.thread(), calendar, filing)
                : letter(mail, (TherapistMail.Answer) mail.read(), filing, now);
    }

    /**
     * Files a mail, and posts its parcel. The same submission again is filed, posted and done no second time.
     *
     * @throws CannotTellException if the database gave no answer; then nothing was filed and nothing leaves
     */
    public OutboundMail.Filed file(OutboundMail.Sealed mail) throws RefusedException, CannotTellException {
        if (mail instanceof OutboundMail.Sealed.Command command) {
            OutboundMail.Admitted order = command.mail();
            return new OutboundMail.Filed(office.desk().take(order.therapist(), order.submission(), order.id()));
        }
        return new OutboundMail.Filed(fileInThread(mail));
    }

    private FiledMessage fileInThread(OutboundMail.Sealed mail) throws RefusedException, CannotTellException {
        if (mail instanceof OutboundMail.Sealed.Automatic automatic) {
            // The note has the id that the submission would have had. Nothing else of the submission is
            // kept.
            return office.notes()
                    .file(
                            automatic.thread().therapist(),
                            Optional.of(automatic.thread()),
                            new OfficeNote.NotPassedOn(automatic.read().origin()),
                            automatic.mail().id(),
                            automatic.mail().submission().messageId());
        }
        return mail instanceof OutboundMail.Sealed.Calendar calendar
                ? keep(calendar)
                : post((OutboundMail.Sealed.Letter) mail);
    }

    private FiledMessage keep(OutboundMail.Sealed.Calendar calendar) throws RefusedException, CannotTellException {
        List<Filing> filings = new ArrayList<>(List.of(calendar.filing()));
        if (calendar.read().unknown().isPresent()) {
            filings.add(office.ask(calendar.thread(), calendar.read().unknown().get()));
        }
        return desk.keepCalendar()
                .keep(
                        calendar.thread(),
                        calendar.read(),
                        filings,
                        calendar.mail().submission().messageId());
    }

    private FiledMessage post(OutboundMail.Sealed.Letter letter) throws RefusedException, CannotTellException {
        return letter.read().timetable().isPresent()
                ? desk.postAnswer()
                        .post(
                                letter.thread(),
                                letter.read().timetable().get(),
                                letter.read(),
                                letter.filings(),
                                letter.parcel())
                : threads.file(letter.filings(), List.of(letter.parcel())).get(0);
    }

    private Filing filing(OutboundMail.Timed.ToThread mail, Instant now) {
        MessageId id = mail.mail().id();
        Submission submission = mail.mail().submission();
        EmailAddress author = mail.thread().therapist().address();
        String messageId = submission.messageId().orElseGet(() -> MessageReaders.messageId(id, author));
        return new Filing(
                id,
                new FilingPlace.FromTherapist(mail.thread()),
                sealer.seal(submission.content(), MessageReaders.ofThread(mail.thread(), author, messageId, now)),
                messageIds.marks().ofRecord(mail.thread(), messageId));
    }

    private OutboundMail.Sealed.Letter letter(
            OutboundMail.Timed.ToThread mail, TherapistMail.Answer answer, Filing filing, Instant now)
            throws CannotTellException {
        ClientThread thread = mail.thread();
        MailContent written = mail.mail().content();
        MailContent titled = answer.retitled()
                .map(subject -> composer.retitled(written, subject))
                .orElse(written);
        Carriage carriage = Carriage.to(thread.client(), sealer);
        List<Filing> filings = new ArrayList<>(List.of(filing));
        if (carriage == Carriage.WAIT) {
            filings.add(waitingNotice(thread, now));
        }
        answer.anothers()
                .ifPresent(
                        organizer -> filings.add(office.notes().of(thread, new OfficeNote.EventOfAnother(organizer))));
        Parcel parcel = parcel(
                thread, carriage, carriage == Carriage.WAIT ? titled : composer.answer(thread, titled, carriage));
        return new OutboundMail.Sealed.Letter(mail.mail(), thread, answer, filings, parcel);
    }

    private static void requireSelf(Therapist therapist, Submission submission) throws RefusedException {
        List<EmailAddress> spoken = new ArrayList<>(submission.authors());
        submission.sender().ifPresent(spoken::add);
        if (submission.authors().isEmpty() || !spoken.stream().allMatch(therapist.address()::sameMailbox)) {
            throw new RefusedException(Refusal.NOT_SELF);
        }
    }

    private Filing waitingNotice(ClientThread thread, Instant now) {
        MessageId id = new MessageId(UUID.randomUUID());
        MailContent notice = composer.notice(
                thread.therapist(), new CarriageNote.Waiting(thread, now, CarriageNote.Waiting.why(thread.client())));
        return new Filing(
                id,
                new FilingPlace.Notice(thread.therapist()),
                sealer.seal(notice, MessageReaders.ofNote(thread.therapist(), id, notice, now)));
    }

    private static Parcel parcel(ClientThread thread, Carriage carriage, MailContent content) {
        return new Parcel(
                new ParcelId(UUID.randomUUID()),
                thread.id(),
                new Parcel.Route(carriage, thread.address(), thread.client().address()),
                content);
    }
}
