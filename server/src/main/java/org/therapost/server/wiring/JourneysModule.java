package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.carriage.BounceAddresses;
import org.therapost.domain.carriage.CarryParcel;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.ReceiveReport;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.carriage.ReleaseWaiting;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.conversation.identifiers.StableMessageIds;
import org.therapost.domain.conversation.incoming.KeysInMail;
import org.therapost.domain.conversation.incoming.Senders;
import org.therapost.domain.enrolment.ActivateTherapist;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.ChangeAccess;
import org.therapost.domain.enrolment.ChangeClientKeys;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.journeys.AddresseeResolver;
import org.therapost.domain.journeys.ReceiveMail;
import org.therapost.domain.journeys.SendAnswer;
import org.therapost.domain.journeys.TellChangedRows;
import org.therapost.domain.journeys.TellKnownPasswords;
import org.therapost.domain.journeys.TellUnreachable;
import org.therapost.domain.office.ClientKeyDesk;
import org.therapost.domain.office.ExternalInvitations;
import org.therapost.domain.office.NoteFiling;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.record.ChangedRows;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sessions.journeys.AdvanceSessions;
import org.therapost.domain.sessions.journeys.ReceiveTimedMail;
import org.therapost.domain.sessions.journeys.TherapistMailJourneys;
import org.therapost.domain.sessions.journeys.WatchDelivery;

/** The journeys. */
public final class JourneysModule extends AbstractModule {

    @Provides
    @Singleton
    StableMessageIds messageIds(ServerKey serverKey) {
        return new StableMessageIds(serverKey);
    }

    @Provides
    @Singleton
    ReceiveMail receiveMail(
            Senders senders,
            Sealer sealer,
            Threads threads,
            ReceiveTimedMail timed,
            ExternalInvitations invitations,
            ReceiveMail.Keys keys,
            StableMessageIds messageIds,
            Clock clock) {
        return new ReceiveMail(senders, sealer, threads, timed, invitations, keys, messageIds, clock);
    }

    @Provides
    @Singleton
    SendAnswer sendAnswer(
            AddresseeResolver addresseeResolver,
            Sealer sealer,
            Composer composer,
            Threads threads,
            TherapistMailJourneys desk,
            OfficeService office,
            StableMessageIds messageIds,
            Clock clock) {
        return new SendAnswer(addresseeResolver, sealer, composer, threads, desk, office, messageIds, clock);
    }

    @Provides
    @Singleton
    CarryParcel carryParcel(
            Relay relay,
            Directory directory,
            Composer composer,
            Sealer sealer,
            Outbox outbox,
            WatchDelivery watch,
            Clock clock) {
        return new CarryParcel(relay, directory, composer, sealer, outbox, watch, clock);
    }

    @Provides
    @Singleton
    TellUnreachable tellUnreachable(
            UnreachableClients clients, Directory directory, Composer composer, Sealer sealer, Clock clock) {
        return new TellUnreachable(clients, directory, composer, sealer, clock);
    }

    @Provides
    @Singleton
    ReceiveReport receiveReport(
            SentParcels sent, ServerKey serverKey, Directory directory, Composer composer, Sealer sealer, Clock clock) {
        return new ReceiveReport(sent, new BounceAddresses(serverKey), directory, composer, sealer, clock);
    }

    @Provides
    @Singleton
    ReleaseWaiting releaseWaiting(
            Directory directory, Sealer sealer, Composer composer, Threads threads, AdvanceSessions sessions) {
        return new ReleaseWaiting(directory, sealer, composer, threads, sessions);
    }

    @Provides
    @Singleton
    ActivateTherapist activateTherapist(Activations activations, OpenPgpKeys openPgpKeys, Passwords passwords) {
        return new ActivateTherapist(activations, openPgpKeys, passwords);
    }

    @Provides
    @Singleton
    ChangeAccess changeAccess(
            Accounts accounts, WaysIn waysIn, Directory directory, Passwords passwords, PasswordGuessLimit guesses) {
        return new ChangeAccess(accounts, waysIn, directory, passwords, guesses);
    }

    @Provides
    @Singleton
    TellChangedRows tellChangedRows(ChangedRows changedRows, NoteFiling noteFiling) {
        return new TellChangedRows(changedRows, noteFiling);
    }

    @Provides
    @Singleton
    TellKnownPasswords tellKnownPasswords(WaysIn waysIn, Directory directory, NoteFiling noteFiling) {
        return new TellKnownPasswords(waysIn, directory, noteFiling);
    }

    @Provides
    @Singleton
    ReceiveMail.Keys keys(KeysInMail inMail, ClientKeyDesk desk) {
        return new ReceiveMail.Keys(inMail, desk);
    }

    @Provides
    @Singleton
    ChangeClientKeys changeClientKeys(Enrolment enrolment, OpenPgpKeys openPgpKeys, ClientKeyDesk desk) {
        return new ChangeClientKeys(enrolment, openPgpKeys, desk);
    }

    @Provides
    @Singleton
    Enrolment enrolment(
            EnrolmentRegister enrolmentRegister,
            Activations activations,
            Directory directory,
            OpenPgpKeys openPgpKeys,
            Passwords passwords,
            ReleaseWaiting releaseWaiting,
            Office office,
            ClientServers clientServers) {
        return new Enrolment(
                enrolmentRegister,
                activations,
                directory,
                openPgpKeys,
                passwords,
                releaseWaiting,
                office,
                clientServers);
    }
}
