package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.clientkeys.ClientKeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.journeys.AddresseeResolver;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.office.ExternalInvitations;
import org.therapost.domain.office.HandleOfficeMail;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeNotes;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.people.OwnAddresses;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sessions.calendar.CalendarReader;
import org.therapost.domain.sessions.journeys.KeepCalendar;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.mail.EventOrganizers;
import org.therapost.domain.sessions.mail.MailTraits;
import org.therapost.domain.sessions.mail.TherapistMail;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.storage.conversation.JooqOperatorMail;
import org.therapost.storage.people.JooqClientKeys;
import org.therapost.storage.people.JooqOwnAddresses;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrivalListener;

/** The office: its address, what is ordered there, and its notes. */
public final class OfficeModule extends AbstractModule {

    @Provides
    @Singleton
    OwnAddresses ownAddresses(Database database, ServerKey serverKey) {
        return new JooqOwnAddresses(database, serverKey);
    }

    @Provides
    @Singleton
    OperatorMail operatorMail(Database database, ServerKey serverKey) {
        return new JooqOperatorMail(database, serverKey);
    }

    @Provides
    @Singleton
    EventOrganizers organizers(Directory directory, OwnAddresses own) {
        return new EventOrganizers(directory, own);
    }

    @Provides
    @Singleton
    AddresseeResolver addressing(Directory directory, Office office, OfficeNotes notes, MessageIdOwners holders) {
        return new AddresseeResolver(directory, office, notes, holders);
    }

    @Provides
    @Singleton
    NoteFiling filing(OfficeNotes notes, Sealer sealer, Threads threads, StableMessageIds messageIds, Clock clock) {
        return new NoteFiling(notes, sealer, threads, messageIds, clock);
    }

    @Provides
    @Singleton
    HandleOfficeMail.Sessions agreed(
            TakeCommand commands, Timetables timetables, DefaultTerms defaultTerms, Clock clock) {
        return new HandleOfficeMail.Sessions(commands, timetables, defaultTerms, clock);
    }

    @Provides
    @Singleton
    OfficeService service(
            Directory directory,
            Threads threads,
            MailTraits.Reader traits,
            NoteFiling filing,
            OwnAddresses own,
            HandleOfficeMail.Sessions agreed,
            HandleOfficeMail.OfClients ofClients) {
        return new OfficeService(
                new HandleOfficeMail(directory, threads, traits, filing, own, agreed, ofClients), filing, own);
    }

    @Provides
    @Singleton
    HandleOfficeMail.OfClients ofClients(ClientServers clientServers, ClientKeyDesk clientKeys) {
        return new HandleOfficeMail.OfClients(clientServers, clientKeys);
    }

    @Provides
    @Singleton
    ClientKeys clientKeys(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqClientKeys(database, serverKey, listener);
    }

    @Provides
    @Singleton
    ClientKeyDesk clientKeyDesk(
            Directory directory,
            ClientKeys clientKeys,
            OpenPgpKeys openPgpKeys,
            Sealer sealer,
            NoteFiling notes,
            ReleaseWaiting releaseWaiting) {
        return new ClientKeyDesk(directory, clientKeys, openPgpKeys, sealer, notes, releaseWaiting);
    }

    @Provides
    @Singleton
    ExternalInvitations invitations(
            CalendarReader calendars,
            TherapistMail.Reader reader,
            EventOrganizers organizers,
            KeepCalendar keepCalendar,
            NoteFiling notes) {
        return new ExternalInvitations(calendars, reader, organizers, keepCalendar, notes);
    }
}
