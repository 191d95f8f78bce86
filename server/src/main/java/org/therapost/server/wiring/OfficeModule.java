package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.conversation.Addressing;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.MessageHolders;
import org.therapost.domain.conversation.MessageIds;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeDesk;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.office.OutsideInvitations;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.CalendarReader;
import org.therapost.domain.sessions.HouseRules;
import org.therapost.domain.sessions.KeepCalendar;
import org.therapost.domain.sessions.MailTraits;
import org.therapost.domain.sessions.Organizers;
import org.therapost.domain.sessions.TakeCommand;
import org.therapost.domain.sessions.TherapistMail;
import org.therapost.domain.sessions.Timetables;
import org.therapost.server.configuration.Configuration;
import org.therapost.storage.Database;
import org.therapost.storage.JooqOperatorMail;
import org.therapost.storage.JooqOwnAddresses;

/** The office: its address, what is ordered there, and its notes. */
public final class OfficeModule extends AbstractModule {

    @Provides
    @Singleton
    Office office(Configuration configuration) {
        return configuration.office();
    }

    @Provides
    @Singleton
    OwnAddresses ownAddresses(Database database, SpoolKey spoolKey) {
        return new JooqOwnAddresses(database, spoolKey);
    }

    @Provides
    @Singleton
    OperatorMail operatorMail(Database database, SpoolKey spoolKey) {
        return new JooqOperatorMail(database, spoolKey);
    }

    @Provides
    @Singleton
    Organizers organizers(Directory directory, OwnAddresses own) {
        return new Organizers(directory, own);
    }

    @Provides
    @Singleton
    Addressing addressing(Directory directory, Office office, OfficeNotes notes, MessageHolders holders) {
        return new Addressing(directory, office, notes, holders);
    }

    @Provides
    @Singleton
    NoteFiling filing(OfficeNotes notes, Sealer sealer, Threads threads, MessageIds messageIds, Clock clock) {
        return new NoteFiling(notes, sealer, threads, messageIds, clock);
    }

    @Provides
    @Singleton
    OfficeDesk.Sessions agreed(TakeCommand commands, Timetables timetables, HouseRules house, Clock clock) {
        return new OfficeDesk.Sessions(commands, timetables, house, clock);
    }

    @Provides
    @Singleton
    OfficeService service(
            Directory directory,
            Threads threads,
            MailTraits.Reader traits,
            NoteFiling filing,
            OwnAddresses own,
            OfficeDesk.Sessions agreed) {
        return new OfficeService(new OfficeDesk(directory, threads, traits, filing, own, agreed), filing, own);
    }

    @Provides
    @Singleton
    OutsideInvitations invitations(
            CalendarReader calendars,
            TherapistMail.Reader reader,
            Organizers organizers,
            KeepCalendar keepCalendar,
            NoteFiling notes) {
        return new OutsideInvitations(calendars, reader, organizers, keepCalendar, notes);
    }
}
