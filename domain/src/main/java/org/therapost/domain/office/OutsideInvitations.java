package org.therapost.domain.office;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.ArrivedMail;
import org.therapost.domain.conversation.AuthenticSender;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledBeforeException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.MessageIds;
import org.therapost.domain.conversation.Place;
import org.therapost.domain.conversation.Reading;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sessions.CalendarReader;
import org.therapost.domain.sessions.CalendarShape;
import org.therapost.domain.sessions.KeepCalendar;
import org.therapost.domain.sessions.Organizers;
import org.therapost.domain.sessions.TherapistMail;

/**
 * Invitations to a thread that come from outside. Google, Outlook.com and iCloud send them from their own servers: they count
 * if they authenticate as an address of which the therapist said that it is theirs. All others have no effect; the therapist
 * hears of it once a day, the client and the sender never.
 */
public final class OutsideInvitations {

    private final CalendarReader calendars;
    private final TherapistMail.Reader reader;
    private final Organizers organizers;
    private final KeepCalendar keepCalendar;
    private final Archive archive;
    private final NoteFiling notes;

    /** Where a calendar's message is filed. */
    public record Archive(Threads threads, Sealer sealer, MessageIds messageIds, Clock clock) {}

    public OutsideInvitations(
            CalendarReader calendars,
            TherapistMail.Reader reader,
            Organizers organizers,
            KeepCalendar keepCalendar,
            Archive archive,
            NoteFiling notes) {
        this.calendars = calendars;
        this.reader = reader;
        this.organizers = organizers;
        this.keepCalendar = keepCalendar;
        this.archive = archive;
        this.notes = notes;
    }

    /** Whether a mail is a calendar's invitation, its update or its cancellation. */
    public boolean isOne(ArrivedMail mail) {
        CalendarShape shape = calendars.shape(mail.content());
        return shape.message() && shape.organizes();
    }

    /** Whether an authenticated sender is the therapist of a thread. */
    public boolean isHers(ClientThread thread, AuthenticSender sender) throws CannotTellException {
        return organizers.isHers(thread, sender.address());
    }

    /**
     * Takes an invitation that the therapist's own calendar sent from outside.
     *
     * @return the filed message; empty if it is not hers, and has no effect
     */
    public Optional<FiledMessage> take(ClientThread thread, ArrivedMail mail, AuthenticSender sender)
            throws RefusedException, CannotTellException {
        if (mail.recipients().size() > 1 || !isHers(thread, sender)) {
            return Optional.empty();
        }
        TherapistMail read = reader.read(thread, mail.content(), false);
        if (!(read instanceof TherapistMail.Calendar calendar)
                || calendar.unknown().isPresent()) {
            return Optional.empty();
        }
        Place place = new Place.FromTherapist(thread);
        MessageId id = archive.messageIds()
                .of(mail.messageId(), mail.content(), List.of(place))
                .get(0);
        EmailAddress author = thread.therapist().address();
        String messageId = mail.messageId().orElseGet(() -> Reading.messageId(id, author));
        Filing filing = new Filing(
                id,
                place,
                archive.sealer()
                        .seal(
                                mail.content(),
                                Reading.ofThread(
                                        thread,
                                        author,
                                        messageId,
                                        archive.clock().instant())),
                archive.messageIds().marks().ofRecord(thread, messageId));
        try {
            return Optional.of(keepCalendar.keep(thread, calendar, List.of(filing), mail.messageId()));
        } catch (FiledBeforeException again) {
            return archive.threads().filed(List.of(id)).stream().findFirst();
        }
    }

    /**
     * Tells the therapists of all threads to which a mail is addressed that it had no effect.
     *
     * @param author if it is proved
     */
    public void hadNoEffect(ArrivedMail mail, Optional<EmailAddress> author) throws CannotTellException {
        for (Destination destination : mail.recipients()) {
            if (destination instanceof Destination.ToThread to) {
                notes.onceADay(
                        to.thread().therapist(),
                        Optional.of(to.thread()),
                        new OfficeNote.InvitationFromOutside(author));
            }
        }
    }
}
