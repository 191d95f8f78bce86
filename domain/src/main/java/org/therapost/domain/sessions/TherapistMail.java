package org.therapost.domain.sessions;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.sealing.MailContent;

/**
 * What a therapist's mail to a thread is: a command, a message of a calendar program, or an answer to the client. Only mail
 * from authenticated submission is read so.
 */
public sealed interface TherapistMail {

    /** It orders something, by its subject. */
    record Command(SessionCommand command) implements TherapistMail {}

    /** A calendar program wrote it. */
    record Calendar(List<CalendarMessage> messages) implements TherapistMail {}

    /**
     * It is for the client.
     *
     * @param timetable the thread's, if it has one
     * @param retitled the subject that the client sees, if the mail is to wait for the next open
     * @param words of the text, without quoted text and signature
     */
    record Answer(Optional<Timetable> timetable, Optional<String> retitled, int words) implements TherapistMail {}

    /** Tells them apart. */
    final class Reader {

        private final Timetables timetables;
        private final MailTraits.Reader traits;
        private final CalendarReader calendars;
        private final KnownEvents events;
        private final Letters letters;
        private final HouseRules house;
        private final Clock clock;

        public Reader(
                Timetables timetables,
                MailTraits.Reader traits,
                CalendarReader calendars,
                KnownEvents events,
                Letters letters,
                HouseRules house,
                Clock clock) {
            this.timetables = timetables;
            this.traits = traits;
            this.calendars = calendars;
            this.events = events;
            this.letters = letters;
            this.house = house;
            this.clock = clock;
        }

        /** Reads a mail to a thread. */
        public TherapistMail read(ClientThread thread, MailContent mail) throws CannotTellException {
            Optional<Timetable> timetable = timetables.find(thread.id());
            Instant now = clock.instant();
            ZoneId zone = timetable.map(known -> known.termsAt(now).zone()).orElse(house.zone());
            MailTraits seen = traits.read(mail);
            List<Series> known = timetable.map(Timetable::series).orElse(List.of());
            List<CalendarMessage> calendar = calendars.read(mail, zone, uid -> events.series(thread.id(), uid, known));
            // Calendar programs make the event's title the subject, and "Session" is a likely one.
            if (calendar.stream().anyMatch(message -> !(message instanceof CalendarMessage.Unusable))) {
                return new Calendar(calendar);
            }
            Optional<SessionCommand> command = SessionCommands.read(seen.subject(), zone, now);
            if (command.filter(order -> !(order instanceof SessionCommand.Help)).isPresent()) {
                return new Command(command.get());
            }
            if (!calendar.isEmpty()) {
                return new Calendar(calendar);
            }
            // "Reply" to a note of ours would quote to the client what was meant for the therapist alone.
            boolean toNote = seen.answers().stream().anyMatch(id -> letters.isNote(thread, id));
            if (command.isPresent() || toNote) {
                return new Command(new SessionCommand.Help());
            }
            return new Answer(timetable, SessionCommands.atOpen(seen.subject()), seen.words());
        }
    }
}
