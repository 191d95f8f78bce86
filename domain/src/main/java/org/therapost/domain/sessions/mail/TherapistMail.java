package org.therapost.domain.sessions.mail;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.CalendarShape;
import org.therapost.domain.sessions.calendar.KnownEvents;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Timetables;

/**
 * What a therapist's mail to a thread is: a message of the calendar program, automatic mail of the mail
 * program, or an answer to the client. Commands go to the office. Only mail from authenticated submission
 * is read in this way.
 */
public sealed interface TherapistMail {

    /** A program sent it by itself: it is no answer and not for the client. */
    record Automatic(MailOrigin origin) implements TherapistMail {}

    /**
     * A calendar program sent it.
     *
     * @param words whether a person's words or files come with it, which are not passed on
     * @param unknown an organizer of whom nobody said yet whether it is the therapist
     */
    record Calendar(List<CalendarMessage> messages, boolean words, Optional<EmailAddress> unknown)
            implements TherapistMail {

        public Calendar {
            messages = List.copyOf(messages);
        }
    }

    /**
     * It is for the client.
     *
     * @param timetable the thread's, if it has one
     * @param retitled the subject that the client sees, if the mail is to wait for the next open
     * @param words of the text, without quoted text and signature
     * @param anothers the organizer of somebody else's event that it passes on as an attachment
     */
    record Answer(Optional<Timetable> timetable, Optional<String> retitled, int words, Optional<EmailAddress> anothers)
            implements TherapistMail {}

    /** Tells them apart. */
    final class Reader {

        private final Timetables timetables;
        private final MailTraits.Reader traits;
        private final CalendarReader calendars;
        private final KnownEvents events;
        private final EventOrganizers eventOrganizers;
        private final DefaultTerms defaultTerms;
        private final Clock clock;

        public Reader(
                Timetables timetables,
                MailTraits.Reader traits,
                CalendarReader calendars,
                KnownEvents events,
                EventOrganizers eventOrganizers,
                DefaultTerms defaultTerms,
                Clock clock) {
            this.timetables = timetables;
            this.traits = traits;
            this.calendars = calendars;
            this.events = events;
            this.eventOrganizers = eventOrganizers;
            this.defaultTerms = defaultTerms;
            this.clock = clock;
        }

        /** Reads a mail to a thread. */
        public TherapistMail read(ClientThread thread, MailContent mail, EnvelopeSender sender)
                throws CannotTellException {
            Optional<Timetable> timetable = timetables.find(thread.id());
            // The calendar is looked at first, because Google's calendar messages say that they were
            // submitted automatically.
            CalendarShape shape = calendars.shape(mail);
            Optional<EmailAddress> anothers = Optional.empty();
            if (shape.isMessage()) {
                List<Series> known = timetable.map(Timetable::series).orElse(List.of());
                List<CalendarMessage> messages =
                        calendars.read(mail, zone(timetable), uid -> events.series(thread.id(), uid, known));
                Owner owner = owner(thread, messages, known, shape);
                if (owner.standing() != EventOrganizers.Standing.ANOTHERS) {
                    return new Calendar(
                            messages,
                            shape.company() == CalendarShape.Company.WORDS,
                            owner.standing() == EventOrganizers.Standing.UNKNOWN
                                    ? owner.organizer()
                                    : Optional.empty());
                }
                anothers = owner.organizer();
            }
            MailTraits seen = traits.read(mail, sender);
            return seen.automatic() && anothers.isEmpty()
                    ? new Automatic(seen.origin())
                    : new Answer(timetable, SessionCommandParser.atOpen(seen.subject()), seen.words(), anothers);
        }

        /** The zone that times of a thread are in for its therapist. */
        ZoneId zone(Optional<Timetable> timetable) {
            Instant now = clock.instant();
            return timetable.map(known -> known.termsAt(now).zone()).orElse(defaultTerms.zone());
        }

        private record Owner(EventOrganizers.Standing standing, Optional<EmailAddress> organizer) {}

        /** Whose the events are: the least of all that the messages speak for. */
        private Owner owner(
                ClientThread thread, List<CalendarMessage> messages, List<Series> known, CalendarShape shape)
                throws CannotTellException {
            Owner least = new Owner(EventOrganizers.Standing.HERS, Optional.empty());
            for (CalendarMessage message : messages) {
                Optional<EmailAddress> organizer = organizer(message);
                if (organizer.isPresent()) {
                    EventOrganizers.Standing standing =
                            eventOrganizers.of(thread, organizer.get(), isKnown(message, known), shape.attendees());
                    least = standing.compareTo(least.standing()) > 0 ? new Owner(standing, organizer) : least;
                }
            }
            return least;
        }

        private static Optional<EmailAddress> organizer(CalendarMessage message) {
            if (message instanceof CalendarMessage.Request request) {
                return Optional.of(request.organizer());
            }
            return message instanceof CalendarMessage.Cancel cancel
                    ? Optional.of(cancel.organizer())
                    : Optional.empty();
        }

        private static boolean isKnown(CalendarMessage message, List<Series> known) {
            if (message instanceof CalendarMessage.Cancel cancel) {
                return isKnown(cancel.key().uid(), known);
            }
            return message instanceof CalendarMessage.Request request
                    && (request.events().stream().anyMatch(event -> isKnown(event.uid(), known))
                            || request.singles().stream()
                                    .anyMatch(single -> isKnown(single.key().uid(), known)));
        }

        private static boolean isKnown(String uid, List<Series> known) {
            return known.stream().anyMatch(series -> series.uid().equals(uid));
        }
    }
}
