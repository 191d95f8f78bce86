package org.therapost.domain.office;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.CalendarShape;
import org.therapost.domain.sessions.journeys.KeepCalendar;
import org.therapost.domain.sessions.mail.EventOrganizers;
import org.therapost.domain.sessions.mail.TherapistMail;

/**
 * Invitations to a thread that come from outside. Google, Outlook.com and iCloud send them from their own servers: they count
 * if they authenticate as an address of which the therapist said that it is theirs. All others have no effect; the therapist
 * hears of it once a day, the client and the sender never.
 */
public final class ExternalInvitations {

    private final CalendarReader calendars;
    private final TherapistMail.Reader reader;
    private final EventOrganizers eventOrganizers;
    private final KeepCalendar keepCalendar;
    private final NoteFiling notes;

    public ExternalInvitations(
            CalendarReader calendars,
            TherapistMail.Reader reader,
            EventOrganizers eventOrganizers,
            KeepCalendar keepCalendar,
            NoteFiling notes) {
        this.calendars = calendars;
        this.reader = reader;
        this.eventOrganizers = eventOrganizers;
        this.keepCalendar = keepCalendar;
        this.notes = notes;
    }

    /** Whether a mail is a calendar's invitation, its update or its cancellation. */
    public boolean isOne(ArrivedMail mail) {
        CalendarShape shape = calendars.shape(mail.content());
        return shape.speaker() == CalendarShape.Speaker.ORGANIZER;
    }

    /** Whether an authenticated sender is the therapist of a thread. */
    public boolean isHers(ClientThread thread, AuthenticSender sender) throws CannotTellException {
        return eventOrganizers.isHers(thread, sender.address());
    }

    /**
     * Reads an invitation that the therapist's own calendar sent from outside.
     *
     * @throws RefusedException {@link Refusal#INVITATION_NOT_AUTHENTIC} if it is none that counts; the therapist is told
     */
    public TherapistMail.Calendar read(ClientThread thread, ArrivedMail mail, AuthenticSender sender)
            throws RefusedException, CannotTellException {
        TherapistMail read = reader.read(thread, mail.content(), EnvelopeSender.MAILBOX);
        if (!(read instanceof TherapistMail.Calendar calendar)
                || calendar.unknown().isPresent()) {
            hadNoEffect(mail, Optional.of(sender.address()));
            throw new RefusedException(Refusal.INVITATION_NOT_AUTHENTIC);
        }
        return calendar;
    }

    /**
     * Files an invitation and keeps the calendar of its thread by it.
     *
     * @param answers its {@code Message-ID}
     */
    public FiledMessage keep(
            ClientThread thread, TherapistMail.Calendar calendar, Filing filing, Optional<String> answers)
            throws RefusedException, CannotTellException {
        return keepCalendar.keep(thread, calendar, List.of(filing), answers);
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
