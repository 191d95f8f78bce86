package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.conversation.Addressing;
import org.therapost.domain.conversation.BounceAddresses;
import org.therapost.domain.conversation.CarryParcel;
import org.therapost.domain.conversation.Composer;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.MessageIds;
import org.therapost.domain.conversation.Outbox;
import org.therapost.domain.conversation.ReceiveMail;
import org.therapost.domain.conversation.ReceiveReport;
import org.therapost.domain.conversation.Relay;
import org.therapost.domain.conversation.ReleaseWaiting;
import org.therapost.domain.conversation.SendAnswer;
import org.therapost.domain.conversation.Senders;
import org.therapost.domain.conversation.SentParcels;
import org.therapost.domain.conversation.TellUnreachable;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.office.Office;
import org.therapost.domain.office.OfficeService;
import org.therapost.domain.office.OutsideInvitations;
import org.therapost.domain.people.Enrolment;
import org.therapost.domain.people.Register;
import org.therapost.domain.sealing.Keys;
import org.therapost.domain.sealing.Passwords;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.AdvanceSessions;
import org.therapost.domain.sessions.ReceiveTimedMail;
import org.therapost.domain.sessions.SessionDesk;
import org.therapost.domain.sessions.WatchDelivery;

/** The journeys. */
public final class JourneysModule extends AbstractModule {

    @Provides
    @Singleton
    MessageIds messageIds(SpoolKey spoolKey) {
        return new MessageIds(spoolKey);
    }

    @Provides
    @Singleton
    ReceiveMail receiveMail(
            Senders senders,
            Sealer sealer,
            Threads threads,
            ReceiveTimedMail timed,
            OutsideInvitations invitations,
            MessageIds messageIds,
            Clock clock) {
        return new ReceiveMail(senders, sealer, threads, timed, invitations, messageIds, clock);
    }

    @Provides
    @Singleton
    SendAnswer sendAnswer(
            Addressing addressing,
            Sealer sealer,
            Composer composer,
            Threads threads,
            SessionDesk desk,
            OfficeService office,
            MessageIds messageIds,
            Clock clock) {
        return new SendAnswer(addressing, sealer, composer, threads, desk, office, messageIds, clock);
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
            SentParcels sent, SpoolKey spoolKey, Directory directory, Composer composer, Sealer sealer, Clock clock) {
        return new ReceiveReport(sent, new BounceAddresses(spoolKey), directory, composer, sealer, clock);
    }

    @Provides
    @Singleton
    ReleaseWaiting releaseWaiting(
            Directory directory, Sealer sealer, Composer composer, Threads threads, AdvanceSessions sessions) {
        return new ReleaseWaiting(directory, sealer, composer, threads, sessions);
    }

    @Provides
    @Singleton
    Enrolment enrolment(
            Register register,
            Directory directory,
            Keys keys,
            Passwords passwords,
            ReleaseWaiting releaseWaiting,
            Office office) {
        return new Enrolment(register, directory, keys, passwords, releaseWaiting, office);
    }
}
