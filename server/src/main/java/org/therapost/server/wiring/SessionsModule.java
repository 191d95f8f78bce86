package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.calendar.KnownEvents;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.calendar.WallClocks;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.journeys.AdvanceSessions;
import org.therapost.domain.sessions.journeys.KeepCalendar;
import org.therapost.domain.sessions.journeys.LetterDispatch;
import org.therapost.domain.sessions.journeys.PostAnswer;
import org.therapost.domain.sessions.journeys.ReceiveTimedMail;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.journeys.TherapistMailJourneys;
import org.therapost.domain.sessions.journeys.WatchDelivery;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.mail.ClientMailReader;
import org.therapost.domain.sessions.mail.EventOrganizers;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.TherapistMail;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.mailets.calendar.CalendarWriter;
import org.therapost.mailets.calendar.ClientEventUids;
import org.therapost.mailets.calendar.Ical4jCalendarReader;
import org.therapost.mailets.calendar.Ical4jOccurrences;
import org.therapost.mailets.calendar.zones.IcalWallClocks;
import org.therapost.mailets.letters.OfficeLetters;
import org.therapost.mailets.letters.TemplateCarriageNotes;
import org.therapost.mailets.letters.TemplateLetters;
import org.therapost.mailets.letters.TemplateOfficeNotes;
import org.therapost.mailets.letters.Templates;
import org.therapost.mailets.mime.CarriageNotes;
import org.therapost.mailets.mime.OutgoingMessageWriter;
import org.therapost.mailets.traits.MimeMailTraits;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.sessions.JooqTimetables;
import org.therapost.storage.sessions.WakeUpScheduler;
import org.therapost.storage.store.FolderArrivalListener;

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
    ClientEventUids uids(ServerKey serverKey) {
        return new ClientEventUids(serverKey);
    }

    @Provides
    @Singleton
    KnownEvents events(ClientEventUids uids) {
        return uids::series;
    }

    @Provides
    @Singleton
    OutgoingMessageWriter departure(
            SigningKeys signingKeys, SigningSubkeys signingSubkeys, Sealer sealer, Clock clock) {
        return new OutgoingMessageWriter(signingKeys, signingSubkeys, sealer, clock);
    }

    @Provides
    @Singleton
    OfficeLetters office(OutgoingMessageWriter departure, ServerKey serverKey, Office office, DefaultTerms defaults) {
        return new OfficeLetters(templates, departure, serverKey, office, defaults.language());
    }

    @Provides
    @Singleton
    SessionLetters letters(
            OutgoingMessageWriter departure,
            ServerKey serverKey,
            ClientEventUids uids,
            OfficeLetters office,
            Clock clock) {
        return new TemplateLetters(templates, departure, serverKey, new CalendarWriter(uids, clock), office, clock);
    }

    @Provides
    @Singleton
    OfficeNotes officeNotes(OfficeLetters office) {
        return new TemplateOfficeNotes(office);
    }

    @Provides
    @Singleton
    CarriageNotes notices(OfficeLetters office, DefaultTerms defaults) {
        return new TemplateCarriageNotes(office, defaults.zone());
    }

    @Provides
    @Singleton
    Timetables timetables(Database database, ServerKey serverKey, WallClocks clocks, FolderArrivalListener listener) {
        return new JooqTimetables(database, serverKey, clocks, listener);
    }

    @Provides
    @Singleton
    Sessions sessions(Occurrences occurrences) {
        return new Sessions(occurrences);
    }

    @Provides
    @Singleton
    LetterDispatch messenger(SessionLetters letters, Sealer sealer) {
        return new LetterDispatch(letters, sealer);
    }

    @Provides
    @Singleton
    AdvanceSessions advance(Timetables timetables, Directory directory, Sessions sessions, LetterDispatch messenger) {
        return new AdvanceSessions(timetables, directory, sessions, messenger);
    }

    @Provides
    @Singleton
    WakeUpScheduler wakeUps(Database database, AdvanceSessions advance, Clock clock) {
        return new WakeUpScheduler(database, advance, clock);
    }

    @Provides
    @Singleton
    ReceiveTimedMail receive(
            Timetables timetables,
            Threads threads,
            Sessions sessions,
            ClientMailReader reader,
            LetterDispatch messenger,
            DefaultTerms house) {
        return new ReceiveTimedMail(timetables, threads, sessions, reader, messenger, house);
    }

    @Provides
    @Singleton
    ClientMailReader clientMail(
            MailTraits.Reader traits, CalendarReader calendars, KnownEvents events, SessionLetters letters) {
        return new ClientMailReader(traits, calendars, events, letters);
    }

    @Provides
    @Singleton
    TherapistMail.Reader therapistMail(
            Timetables timetables,
            MailTraits.Reader traits,
            CalendarReader calendars,
            KnownEvents events,
            EventOrganizers eventOrganizers,
            DefaultTerms house,
            Clock clock) {
        return new TherapistMail.Reader(timetables, traits, calendars, events, eventOrganizers, house, clock);
    }

    @Provides
    @Singleton
    TakeCommand takeCommand(Timetables timetables, Sessions sessions, LetterDispatch messenger, DefaultTerms house) {
        return new TakeCommand(timetables, sessions, messenger, house);
    }

    @Provides
    @Singleton
    KeepCalendar keepCalendar(Timetables timetables, Sessions sessions, LetterDispatch messenger, DefaultTerms house) {
        return new KeepCalendar(timetables, sessions, messenger, house);
    }

    @Provides
    @Singleton
    TherapistMailJourneys desk(
            TherapistMail.Reader reader,
            TakeCommand takeCommand,
            KeepCalendar keepCalendar,
            Timetables timetables,
            Sessions sessions,
            LetterDispatch messenger) {
        return new TherapistMailJourneys(
                reader, takeCommand, keepCalendar, new PostAnswer(timetables, sessions, messenger));
    }

    @Provides
    @Singleton
    WatchDelivery watch(Timetables timetables, Directory directory, Sessions sessions, LetterDispatch messenger) {
        return new WatchDelivery(timetables, directory, sessions, messenger);
    }
}
