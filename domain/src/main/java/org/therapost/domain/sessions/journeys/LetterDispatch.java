package org.therapost.domain.sessions.journeys;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.model.Timetable.EventLetter;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.domain.sessions.step.Timetables.Work;

/**
 * Writes the notes and letters of a step. Notes are sealed and filed. Letters are queued as parcels and
 * travel like answers: by OpenPGP, over TLS by consent, or not yet.
 */
public final class LetterDispatch {

    /** docs/sessions.md section 9: a cancellation so shortly before its session need not wait for what was written before it. */
    private static final Duration SHORT_NOTICE = Duration.ofHours(24);

    private final SessionLetters letters;
    private final Sealer sealer;

    public LetterDispatch(SessionLetters letters, Sealer sealer) {
        this.letters = letters;
        this.sealer = sealer;
    }

    /**
     * The filings and parcels that a mail of therapist or client adds to a step.
     *
     * @param answer the name of the first note, if it answers a mail that is kept nowhere else
     * @param context what notes say besides
     */
    public record Mail(
            List<Filing> filings,
            List<Filing> held,
            List<Parcel> parcels,
            List<Parcel> atOpen,
            Optional<MessageId> answer,
            NoteContext context) {

        public static final Mail NONE = new Mail(List.of(), List.of(), List.of(), List.of());

        public Mail(List<Filing> filings, List<Filing> held, List<Parcel> parcels, List<Parcel> atOpen) {
            this(filings, held, parcels, atOpen, Optional.empty(), NoteContext.NONE);
        }

        /** The names of the messages that it becomes. */
        public List<MessageId> names() {
            return Stream.concat(Stream.concat(filings.stream(), held.stream()).map(Filing::id), answer.stream())
                    .toList();
        }

        /** A command: nothing of it is kept but the note that answers it, which has this name in the record. */
        public static Mail command(MessageId answer, NoteContext context) {
            return new Mail(List.of(), List.of(), List.of(), List.of(), Optional.of(answer), context);
        }

        /** Mail that is filed and visible, with what the notes about it say besides. */
        public static Mail visible(List<Filing> filings, NoteContext context) {
            return new Mail(filings, List.of(), List.of(), List.of(), Optional.empty(), context);
        }

        /** Mail that is filed and visible. */
        public static Mail visible(List<Filing> filings) {
            return new Mail(filings, List.of(), List.of(), List.of());
        }
    }

    /** The work that makes a step true, with the mail that made it. */
    public Work work(ClientThread thread, Step step, Mail mail, Instant now) throws CannotTellException {
        List<Filing> filings = new ArrayList<>(mail.filings());
        List<Parcel> parcels = new ArrayList<>(mail.parcels());
        List<Timetables.Letter> posted = new ArrayList<>();
        Optional<Filing> holding = Optional.empty();
        boolean waits = false;
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.TellClient tell) {
                Optional<Parcel> parcel = parcel(thread, step.next().client(), tell);
                waits |= parcel.filter(one -> one.carriage() == Carriage.WAIT).isPresent();
                Optional<Timetables.Letter> aboutEvent = parcel.flatMap(one -> letter(one, tell.notice()));
                aboutEvent.ifPresent(posted::add);
                parcel.filter(one -> aboutEvent.isEmpty()).ifPresent(parcels::add);
            } else if (effect instanceof Effect.WithdrawLetters withdraw) {
                posted.removeIf(letter -> letter.uid().equals(withdraw.uid()));
            } else if (effect instanceof Effect.TellTherapist tell) {
                waits |= tell.note() instanceof TherapistNote.Confirmed confirmed
                        && confirmed.has(TherapistNote.Confirmed.Mark.CLIENT_NOT_TOLD);
            }
        }
        NoteContext context = waits ? mail.context().with(NoteContext.Remark.CLIENT_NOT_TOLD) : mail.context();
        Optional<MessageId> name = mail.answer();
        for (Effect effect : step.effects()) {
            if (effect instanceof Effect.TellTherapist tell) {
                if (tell.note() instanceof TherapistNote.Holding) {
                    holding = Optional.of(note(thread, step.next(), tell.note(), context, random(), now));
                } else {
                    filings.add(note(
                            thread, step.next(), tell.note(), context, name.orElseGet(LetterDispatch::random), now));
                    name = Optional.empty();
                }
            }
        }
        return new Work(
                thread,
                step,
                new Timetables.Filings(filings, mail.held(), holding),
                new Timetables.Posts(parcels, mail.atOpen(), posted));
    }

    private static Optional<Timetables.Letter> letter(Parcel parcel, ClientLetter notice) {
        if (notice instanceof ClientLetter.Invitation invitation) {
            return Optional.of(new Timetables.Letter(parcel, invitation.series().uid(), EventLetter.INVITATION));
        }
        if (notice instanceof ClientLetter.Change change) {
            return Optional.of(new Timetables.Letter(parcel, change.series().uid(), EventLetter.LATER));
        }
        return notice instanceof ClientLetter.Cancellation cancellation
                ? Optional.of(
                        new Timetables.Letter(parcel, cancellation.series().uid(), EventLetter.LATER))
                : Optional.empty();
    }

    /** A timetable that knows whether letters reach the client now. */
    public Timetable seen(ClientThread thread, Timetable timetable) {
        boolean reachable = Carriage.to(thread.client(), sealer) != Carriage.WAIT;
        return timetable.around(timetable.surroundings().reachable(reachable));
    }

    private Optional<Parcel> parcel(ClientThread thread, ClientSettings client, Effect.TellClient tell)
            throws CannotTellException {
        Carriage carriage = Carriage.to(thread.client(), sealer);
        if (carriage == Carriage.WAIT && tell.notice() instanceof ClientLetter.OtherMailbox) {
            // When a key or a consent is recorded later, nobody remembers what such a notice was about.
            return Optional.empty();
        }
        return Optional.of(new Parcel(
                new ParcelId(tell.name().map(NoticeId::value).orElseGet(UUID::randomUUID)),
                thread.id(),
                new Parcel.Route(
                        carriage, sender(thread, tell.notice()), thread.client().address()),
                letters.toClient(thread, client, tell.notice(), tell.about(), carriage),
                kind(tell.notice())));
    }

    /** RFC 3834 section 3.3: a notice answers mail, and nothing may answer it. What somebody waits for may come back. */
    private static Optional<EmailAddress> sender(ClientThread thread, ClientLetter notice) {
        return notice instanceof ClientLetter.Invitation
                        || notice instanceof ClientLetter.Change
                        || notice instanceof ClientLetter.Cancellation
                ? Optional.of(thread.address())
                : Optional.empty();
    }

    private static Parcel.Kind kind(ClientLetter notice) {
        return notice instanceof ClientLetter.Cancellation cancelled
                ? Parcel.Kind.overtaking(cancelled.opensAt().minus(SHORT_NOTICE))
                : Parcel.Kind.LETTER;
    }

    private static MessageId random() {
        return new MessageId(UUID.randomUUID());
    }

    private Filing note(
            ClientThread thread,
            Timetable timetable,
            TherapistNote note,
            NoteContext context,
            MessageId id,
            Instant now) {
        MailContent text = letters.toTherapist(thread, timetable.termsAt(now), timetable.client(), note, context);
        return new Filing(
                id,
                new FilingPlace.Notice(thread.therapist()),
                sealer.seal(text, MessageReaders.ofNote(thread.therapist(), id, text, now)));
    }
}
