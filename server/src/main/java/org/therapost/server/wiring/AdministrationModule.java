package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import com.google.inject.multibindings.ProvidesIntoSet;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import java.util.Set;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadFolders;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.enrolment.ActivateTherapist;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.ChangeAccess;
import org.therapost.domain.enrolment.ChangeClientKeys;
import org.therapost.domain.enrolment.ChangeClientMailboxes;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.Enrolment;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.journeys.TellChangedRows;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sessions.calendar.Occurrences;
import org.therapost.domain.sessions.engine.Simulation;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.server.administration.routes.AccessRoutes;
import org.therapost.server.administration.routes.AllRoutes;
import org.therapost.server.administration.routes.ContractRoutes;
import org.therapost.server.administration.routes.EnrolmentRoutes;
import org.therapost.server.administration.routes.KeyRoutes;
import org.therapost.server.administration.routes.MailboxRoutes;
import org.therapost.server.administration.routes.OperatorMailRoutes;
import org.therapost.server.administration.routes.PracticeRecords;
import org.therapost.server.administration.routes.QueueRoutes;
import org.therapost.server.administration.routes.QuotaRoutes;
import org.therapost.server.administration.routes.RecordRoutes;
import org.therapost.server.administration.routes.Routes;
import org.therapost.server.administration.routes.SessionRoutes;
import org.therapost.server.administration.routes.StatusRoutes;
import org.therapost.server.administration.routes.ThreadRoutes;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.health.DatabaseProbe;
import org.therapost.server.health.HealthSettings;
import org.therapost.server.health.HealthWatch;
import org.therapost.server.spool.Spool;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.storage.cells.CellVerification;
import org.therapost.storage.people.CertificateBinding;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.QueueAdministration;
import org.therapost.storage.record.CheckpointVerification;
import org.therapost.storage.record.RecordVerification;

/** What the command line can ask. */
public final class AdministrationModule extends AbstractModule {

    @ProvidesIntoSet
    @Singleton
    Routes enrolment(
            Enrolment enrolment,
            EnrolledPeople enrolledPeople,
            Activations activations,
            IdentitySettings identity,
            RelaySettings relay) {
        return new EnrolmentRoutes(
                enrolment,
                enrolledPeople,
                activations,
                new PracticeRecords(identity.hostname(), relay.smarthost().isPresent()));
    }

    @ProvidesIntoSet
    @Singleton
    Routes access(ActivateTherapist activateTherapist, ChangeAccess changeAccess, OpenPgpKeys openPgpKeys) {
        return new AccessRoutes(activateTherapist, changeAccess, openPgpKeys);
    }

    @ProvidesIntoSet
    @Singleton
    Routes quotas(
            EnrolledPeople enrolledPeople,
            UserQuotaRootResolver roots,
            MaxQuotaManager limits,
            CurrentQuotaManager used) {
        return new QuotaRoutes(enrolledPeople, roots, limits, used);
    }

    @ProvidesIntoSet
    @Singleton
    Routes threads(
            Enrolment enrolment,
            ChangeClientKeys keys,
            EnrolmentRegister enrolmentRegister,
            ThreadFolders threadFolders) {
        return new ThreadRoutes(enrolment, keys, enrolmentRegister, threadFolders);
    }

    @ProvidesIntoSet
    @Singleton
    Routes keys(Directory directory, SigningSubkeys subkeys, OpenPgpKeys openPgpKeys) {
        return new KeyRoutes(directory, subkeys, openPgpKeys);
    }

    @Provides
    @Singleton
    QueueAdministration ledger(Database database, ServerKey serverKey) {
        return new QueueAdministration(database, serverKey);
    }

    @ProvidesIntoSet
    @Singleton
    Routes queue(QueueAdministration ledger) {
        return new QueueRoutes(ledger);
    }

    @Provides
    @Singleton
    HealthWatch health(
            Database database,
            Spool spool,
            TellChangedRows tellChangedRows,
            DataFolderSettings folder,
            HealthSettings settings,
            PublicSuffixes suffixes,
            Clock clock) {
        return new HealthWatch(
                new DatabaseProbe(database.parameters(), clock),
                database,
                spool,
                tellChangedRows,
                folder.root(),
                settings,
                suffixes,
                clock);
    }

    @Provides
    @Singleton
    StatusRoutes status(
            HealthWatch health,
            PrometheusMeterRegistry meters,
            PublicSuffixes suffixes,
            UnreachableClients unreachable,
            WaysIn waysIn,
            OperatorMail operatorMail,
            RecordRoutes record,
            Clock clock) {
        return new StatusRoutes(health, meters, suffixes.date(), unreachable, waysIn, operatorMail, record, clock);
    }

    @Provides
    @Singleton
    RecordRoutes record(
            Database database,
            ServerKey serverKey,
            CheckpointVerification checkpoints,
            Enrolment enrolment,
            EnrolmentRegister register) {
        return new RecordRoutes(
                database,
                new RecordVerification(database, serverKey),
                checkpoints,
                new CellVerification(database, serverKey),
                new CertificateBinding(database, serverKey),
                enrolment,
                register);
    }

    @ProvidesIntoSet
    @Singleton
    Routes recordOfThreads(RecordRoutes record) {
        return record;
    }

    @ProvidesIntoSet
    @Singleton
    Routes mailboxes(ChangeClientMailboxes mailboxes) {
        return new MailboxRoutes(mailboxes);
    }

    @ProvidesIntoSet
    @Singleton
    Routes operatorMail(OperatorMail operatorMail) {
        return new OperatorMailRoutes(operatorMail);
    }

    @Provides
    @Singleton
    AllRoutes all(Set<Routes> routes, StatusRoutes status) {
        return new AllRoutes(routes, status);
    }

    @ProvidesIntoSet
    @Singleton
    Routes sessions(
            Enrolment enrolment,
            Timetables timetables,
            TakeCommand takeCommand,
            Occurrences occurrences,
            DefaultTerms defaultTerms,
            Clock clock) {
        return new SessionRoutes(enrolment, timetables, takeCommand, new Simulation(occurrences), defaultTerms, clock);
    }

    @ProvidesIntoSet
    @Singleton
    Routes contracts(
            Enrolment enrolment,
            Timetables timetables,
            TakeCommand takeCommand,
            DefaultTerms defaultTerms,
            Clock clock) {
        return new ContractRoutes(enrolment, timetables, takeCommand, defaultTerms, clock);
    }
}
