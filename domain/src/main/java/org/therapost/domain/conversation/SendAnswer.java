package org.therapost.domain.conversation;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.office.OfficeNote;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.SessionDesk;
import org.therapost.domain.sessions.TherapistMail;

/**
 * Outbound: a therapist's submission is checked and gets one of four ends. An answer is sealed and filed,
 * and its parcel is queued in the same transaction. A calendar's message changes the agreed times. A
 * command to the office is carried out. Automatic mail of the mail program is answered by a note.
 */
public final class SendAnswer {

    private final Addressing addressing;
    private final Sealer sealer;
    private final Composer composer;
    private final Threads threads;
    private final SessionDesk desk;
    private final OfficeService office;
    private final MessageIds messageIds;
    private final Clock clock;

    public SendAnswer(
            Addressing addressing,
            Sealer sealer,
            Composer composer,
            Threads threads,
            SessionDesk desk,
            OfficeService office,
            MessageIds messageIds,
            Clock clock) {
        this.addressing = addressing;
        this.sealer = sealer;
        this.composer = composer;
        this.threads = threads;
        this.desk = desk;
        this.office = office;
        this.messageIds = messageIds;
        this.clock = clock;
    }

    /**
     * Takes one submission. If the same submission comes again, nothing is filed, queued or done a second
     * time.
     *
     * @return what was filed: the answer, or the note about the submission; it and its parcel are durable
     * @throws RefusedException if the account speaks for somebody else, or names anybody but one thread of
     *     its own or the office; then nothing was filed and nothing leaves
     */
    public FiledMessage send(Submission submission) throws RefusedException, CannotTellException {
        Therapist therapist = addressing.therapist(submission.account());
        requireSelf(therapist, submission);
        Addressee addressee = addressing.of(therapist, submission);
        if (addressee instanceof Addressee.OfThread to) {
            return send(to.thread(), submission);
        }
        MessageId answer = name(submission, new Place.Notice(therapist));
        return office.desk().take(therapist, submission, answer);
    }

    private FiledMessage send(ClientThread thread, Submission submission) throws RefusedException, CannotTellException {
        MessageId id = name(submission, new Place.FromTherapist(thread));
        try {
            return take(thread, submission, id);
        } catch (FiledBeforeException again) {
            return threads.filed(List.of(id)).get(0);
        }
    }

    private MessageId name(Submission submission, Place place) {
        return messageIds
                .of(submission.messageId(), submission.content(), List.of(place))
                .get(0);
    }

    private FiledMessage take(ClientThread thread, Submission submission, MessageId id)
            throws RefusedException, CannotTellException {
        TherapistMail mail = desk.reader()
                .read(thread, submission.content(), submission.sender().isEmpty());
        if (mail instanceof TherapistMail.Automatic automatic) {
            // The note has the id that the submission would have had. Nothing else of the submission is
            // kept.
            return office.notes()
                    .file(
                            thread.therapist(),
                            Optional.of(thread),
                            new OfficeNote.NotPassedOn(automatic.origin()),
                            id,
                            submission.messageId());
        }
        Instant now = clock.instant();
        EmailAddress author = thread.therapist().address();
        String messageId = submission.messageId().orElseGet(() -> Reading.messageId(id, author));
        Filing filing = new Filing(
                id,
                new Place.FromTherapist(thread),
                sealer.seal(submission.content(), Reading.ofThread(thread, author, messageId, now)),
                messageIds.marks().ofRecord(thread, messageId));
        if (mail instanceof TherapistMail.Calendar calendar) {
            return keep(thread, calendar, filing, submission);
        }
        return post(thread, (TherapistMail.Answer) mail, filing, submission.content(), now);
    }

    private FiledMessage keep(
            ClientThread thread, TherapistMail.Calendar calendar, Filing filing, Submission submission)
            throws RefusedException, CannotTellException {
        List<Filing> filings = new ArrayList<>(List.of(filing));
        if (calendar.unknown().isPresent()) {
            filings.add(office.ask(thread, calendar.unknown().get()));
        }
        return desk.keepCalendar().keep(thread, calendar, filings, submission.messageId());
    }

    private FiledMessage post(
            ClientThread thread, TherapistMail.Answer answer, Filing filing, MailContent written, Instant now)
            throws RefusedException, CannotTellException {
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
        return answer.timetable().isPresent()
                ? desk.postAnswer().post(thread, answer.timetable().get(), answer, filings, parcel)
                : threads.file(filings, List.of(parcel)).get(0);
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
        MailContent notice = composer.notice(thread.therapist(), new Notice.Waiting(thread, now));
        return new Filing(
                id,
                new Place.Notice(thread.therapist()),
                sealer.seal(notice, Reading.ofNote(thread.therapist(), id, notice, now)));
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
