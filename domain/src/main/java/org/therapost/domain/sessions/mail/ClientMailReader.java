package org.therapost.domain.sessions.mail;

import java.util.Optional;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.incoming.ArrivedMail;
import org.therapost.domain.conversation.incoming.AuthenticSender;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.KnownEvents;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;

/** Reads of a client's mail what the times of the thread need to know. */
public final class ClientMailReader {

    private final MailTraits.Reader traits;
    private final CalendarReader calendars;
    private final KnownEvents events;
    private final SessionLetters letters;

    public ClientMailReader(
            MailTraits.Reader traits, CalendarReader calendars, KnownEvents events, SessionLetters letters) {
        this.traits = traits;
        this.calendars = calendars;
        this.events = events;
        this.letters = letters;
    }

    /** Reads a mail; what is encrypted or broken says little. */
    public ClientMail read(
            ArrivedMail mail, AuthenticSender sender, ClientThread thread, MessageId id, Timetable timetable) {
        MailTraits seen = traits.read(mail.content(), mail.envelopeSender(), sender.fields());
        Terms terms = timetable.terms().get(timetable.terms().size() - 1);
        return new ClientMail(
                id,
                mail.messageId(),
                seen,
                calendars.read(
                        mail.content(), terms.zone(), uid -> events.series(thread.id(), uid, timetable.series())),
                inWords(seen, thread, timetable),
                answers(seen, sender, thread, timetable));
    }

    private Optional<ClientMail.OurLetter> answers(
            MailTraits seen, AuthenticSender sender, ClientThread thread, Timetable timetable) {
        // A field that the author's domain did not sign may be somebody else's, and gives no rights.
        if (!sender.fields().covers("In-Reply-To") || !sender.fields().covers("References")) {
            return Optional.empty();
        }
        Optional<ClientMail.OurLetter> event = timetable.series().stream()
                .filter(series -> seen.answered().stream()
                        .anyMatch(answered -> letters.isInvitation(thread, series.uid(), answered)))
                .findFirst()
                .map(series -> new ClientMail.OurLetter.AboutEvent(series.uid()));
        return event.or(() -> seen.answered().stream()
                .flatMap(answered -> letters.noticeWritten(thread, answered).stream())
                .findFirst()
                .map(ClientMail.OurLetter.Notice::new));
    }

    public boolean isAutomatic(ArrivedMail mail) {
        return traits.read(mail.content(), mail.envelopeSender()).automatic();
    }

    private Optional<ClientMail.Reply> inWords(MailTraits seen, ClientThread thread, Timetable timetable) {
        return seen.participation().flatMap(participation -> timetable.series().stream()
                .filter(series -> seen.answers().stream()
                        .anyMatch(answered -> letters.isInvitation(thread, series.uid(), answered)))
                .findFirst()
                .map(series -> new ClientMail.Reply(series.uid(), participation)));
    }
}
