package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.AdvanceSessions;
import org.therapost.domain.sessions.CalendarReader;
import org.therapost.domain.sessions.ClientMailReader;
import org.therapost.domain.sessions.HouseRules;
import org.therapost.domain.sessions.KeepCalendar;
import org.therapost.domain.sessions.KnownEvents;
import org.therapost.domain.sessions.Letters;
import org.therapost.domain.sessions.MailTraits;
import org.therapost.domain.sessions.Messenger;
import org.therapost.domain.sessions.Occurrences;
import org.therapost.domain.sessions.Organizers;
import org.therapost.domain.sessions.PostAnswer;
import org.therapost.domain.sessions.ReceiveTimedMail;
import org.therapost.domain.sessions.SessionDesk;
import org.therapost.domain.sessions.Sessions;
import org.therapost.domain.sessions.TakeCommand;
import org.therapost.domain.sessions.TherapistMail;
import org.therapost.domain.sessions.Timetables;
import org.therapost.domain.sessions.WallClocks;
import org.therapost.domain.sessions.WatchDelivery;
import org.therapost.mailets.calendar.CalendarWriter;
import org.therapost.mailets.calendar.Ical4jCalendarReader;
import org.therapost.mailets.calendar.Ical4jOccurrences;
import org.therapost.mailets.calendar.IcalWallClocks;
import org.therapost.mailets.calendar.OurUids;
import org.therapost.mailets.letters.OfficeLetters;
import org.therapost.mailets.letters.TemplateLetters;
import org.therapost.mailets.letters.TemplateNotices;
import org.therapost.mailets.letters.TemplateOfficeNotes;
import org.therapost.mailets.letters.Templates;
import org.therapost.mailets.mime.Departure;
import org.therapost.mailets.mime.Notices;
import org.therapost.mailets.traits.MimeMailTraits;
import org.therapost.server.configuration.Configuration;
import org.therapost.storage.ArrivalListener;
import org.therapost.storage.Database;
import org.therapost.storage.sessions.JooqTimetables;
import org.therapost.storage.sessions.WakeUps;

/** Agreed times: their store, what reads and writes calendars and letters, and their journeys. */
public final class SessionsModule extends AbstractModule {

    private final Templates templates;

    public SessionsModule(Templates templates) {
        this.templates = templates;
    }

    @Provides
    @Singleton
    WallClocks clocks() {
        return new IcalWallClocks();
    }

    @Provides
    @Singleton
    Occurrences occurrences() {
        return new Ical4jOccurrences();
    }

    @Provides
    @Singleton
    CalendarReader calendars() {
        return new Ical4jCalendarReader();
    }

    @Provides
    @Singleton
    MailTraits.Reader traits() {
        return new MimeMailTraits();
    }

    @Provides
    @Singleton
    OurUids uids(SpoolKey spoolKey) {
        return new OurUids(spoolKey);
    }

    @Provides
    @Singleton
    KnownEvents events(OurUids uids) {
        return uids::series;
    }

    @Provides
    @Singleton
    Departure departure(SigningKeys signingKeys, Sealer sealer, Clock clock) {
        return new Departure(signingKeys, sealer, clock);
    }

    @Provides
    @Singleton
    OfficeLetters office(Departure departure, SpoolKey spoolKey, Office office, Configuration configuration) {
        return new OfficeLetters(templates, departure, spoolKey, office, configuration.sessionsLanguage());
    }

    @Provides
    @Singleton
    Letters letters(Departure departure, SpoolKey spoolKey, OurUids uids, OfficeLetters office, Clock clock) {
        return new TemplateLetters(templates, departure, spoolKey, new CalendarWriter(uids, clock), office, clock);
    }

    @Provides
    @Singleton
    OfficeNotes officeNotes(OfficeLetters office) {
        return new TemplateOfficeNotes(office);
    }

    @Provides
    @Singleton
    Notices notices(OfficeLetters office, Configuration configuration) {
        return new TemplateNotices(office, configuration.sessionsZone());
    }

    @Provides
    @Singleton
    HouseRules house(Configuration configuration) {
        return new HouseRules(configuration.sessionsZone(), configuration.sessionsLanguage());
    }

    @Provides
    @Singleton
    Timetables timetables(Database database, SpoolKey spoolKey, WallClocks clocks, ArrivalListener listener) {
        return new JooqTimetables(database, spoolKey, clocks, listener);
    }

    @Provides
    @Singleton
    Sessions sessions(Occurrences occurrences) {
        return new Sessions(occurrences);
    }

    @Provides
    @Singleton
    Messenger messenger(Letters letters, Sealer sealer) {
        return new Messenger(letters, sealer);
    }

    @Provides
    @Singleton
    AdvanceSessions advance(Timetables timetables, Directory directory, Sessions sessions, Messenger messenger) {
        return new AdvanceSessions(timetables, directory, sessions, messenger);
    }

    @Provides
    @Singleton
    WakeUps wakeUps(Database database, AdvanceSessions advance, Clock clock) {
        return new WakeUps(database, advance, clock);
    }

    @Provides
    @Singleton
    ReceiveTimedMail receive(
            Timetables timetables,
            Threads threads,
            Sessions sessions,
            ClientMailReader reader,
            Messenger messenger,
            HouseRules house) {
        return new ReceiveTimedMail(timetables, threads, sessions, reader, messenger, house);
    }

    @Provides
    @Singleton
    ClientMailReader clientMail(
            MailTraits.Reader traits, CalendarReader calendars, KnownEvents events, Letters letters) {
        return new ClientMailReader(traits, calendars, events, letters);
    }

    @Provides
    @Singleton
    TherapistMail.Reader therapistMail(
            Timetables timetables,
            MailTraits.Reader traits,
            CalendarReader calendars,
            KnownEvents events,
            Organizers organizers,
            HouseRules house,
            Clock clock) {
        return new TherapistMail.Reader(timetables, traits, calendars, events, organizers, house, clock);
    }

    @Provides
    @Singleton
    TakeCommand takeCommand(Timetables timetables, Sessions sessions, Messenger messenger, HouseRules house) {
        return new TakeCommand(timetables, sessions, messenger, house);
    }

    @Provides
    @Singleton
    KeepCalendar keepCalendar(Timetables timetables, Sessions sessions, Messenger messenger, HouseRules house) {
        return new KeepCalendar(timetables, sessions, messenger, house);
    }

    @Provides
    @Singleton
    SessionDesk desk(
            TherapistMail.Reader reader,
            TakeCommand takeCommand,
            KeepCalendar keepCalendar,
            Timetables timetables,
            Sessions sessions,
            Messenger messenger) {
        return new SessionDesk(reader, takeCommand, keepCalendar, new PostAnswer(timetables, sessions, messenger));
    }

    @Provides
    @Singleton
    WatchDelivery watch(Timetables timetables, Directory directory, Sessions sessions, Messenger messenger) {
        return new WatchDelivery(timetables, directory, sessions, messenger);
    }
}
