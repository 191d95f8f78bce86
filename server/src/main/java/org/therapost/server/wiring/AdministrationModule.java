package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;
import org.apache.james.mailbox.quota.CurrentQuotaManager;
import org.apache.james.mailbox.quota.MaxQuotaManager;
import org.apache.james.mailbox.quota.UserQuotaRootResolver;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.conversation.Views;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.people.Accounts;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.domain.people.Enrolment;
import org.therapost.domain.people.Register;
import org.therapost.domain.people.Roll;
import org.therapost.domain.sealing.Keys;
import org.therapost.domain.sealing.Passwords;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.HouseRules;
import org.therapost.domain.sessions.Occurrences;
import org.therapost.domain.sessions.Simulation;
import org.therapost.domain.sessions.TakeCommand;
import org.therapost.domain.sessions.Timetables;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.server.administration.AllRoutes;
import org.therapost.server.administration.ContractRoutes;
import org.therapost.server.administration.EnrolmentRoutes;
import org.therapost.server.administration.ExportKey;
import org.therapost.server.administration.MailboxRoutes;
import org.therapost.server.administration.OperatorMailRoutes;
import org.therapost.server.administration.QueueRoutes;
import org.therapost.server.administration.QuotaRoutes;
import org.therapost.server.administration.SessionRoutes;
import org.therapost.server.administration.StatusRoutes;
import org.therapost.server.administration.ThreadRoutes;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.health.DatabaseProbe;
import org.therapost.server.health.HealthWatch;
import org.therapost.server.spool.Spool;
import org.therapost.storage.Database;
import org.therapost.storage.QueueLedger;

/** What the command line can ask. */
public final class AdministrationModule extends AbstractModule {

    @Provides
    @Singleton
    ExportKey exportKey(Accounts accounts, Passwords passwords, Keys keys) {
        return new ExportKey(accounts, passwords, keys);
    }

    @Provides
    @Singleton
    EnrolmentRoutes enrolment(Enrolment enrolment, Roll roll, ExportKey exportKey, Configuration configuration) {
        return new EnrolmentRoutes(enrolment, roll, exportKey, configuration);
    }

    @Provides
    @Singleton
    QuotaRoutes quotas(Roll roll, UserQuotaRootResolver roots, MaxQuotaManager limits, CurrentQuotaManager used) {
        return new QuotaRoutes(roll, roots, limits, used);
    }

    @Provides
    @Singleton
    ThreadRoutes threads(Enrolment enrolment, Register register, Views views) {
        return new ThreadRoutes(enrolment, register, views);
    }

    @Provides
    @Singleton
    QueueLedger ledger(Database database, SpoolKey spoolKey) {
        return new QueueLedger(database, spoolKey);
    }

    @Provides
    @Singleton
    QueueRoutes queue(QueueLedger ledger) {
        return new QueueRoutes(ledger);
    }

    @Provides
    @Singleton
    HealthWatch health(
            Database database, Spool spool, Configuration configuration, PublicSuffixes suffixes, Clock clock) {
        return new HealthWatch(
                new DatabaseProbe(database.settings(), clock), database, spool, configuration, suffixes, clock);
    }

    @Provides
    @Singleton
    StatusRoutes status(HealthWatch health, PrometheusMeterRegistry meters, PublicSuffixes suffixes, UnreachableClients unreachable, Clock clock) {
        return new StatusRoutes(health, meters, suffixes.date(), unreachable, clock);
    }

    @Provides
    @Singleton
    AllRoutes all(
            EnrolmentRoutes enrolment,
            ThreadRoutes threads,
            ClientMailboxes mailboxes,
            QueueRoutes queue,
            QuotaRoutes quotas,
            SessionRoutes sessions,
            ContractRoutes contracts,
            OperatorMail operatorMail,
            StatusRoutes status) {
        return new AllRoutes(
                enrolment,
                threads,
                new MailboxRoutes(mailboxes),
                queue,
                quotas,
                sessions,
                contracts,
                new OperatorMailRoutes(operatorMail),
                status);
    }

    @Provides
    @Singleton
    SessionRoutes sessions(
            Enrolment enrolment,
            Timetables timetables,
            TakeCommand takeCommand,
            Occurrences occurrences,
            HouseRules house,
            Clock clock) {
        return new SessionRoutes(enrolment, timetables, takeCommand, new Simulation(occurrences), house, clock);
    }

    @Provides
    @Singleton
    ContractRoutes contracts(
            Enrolment enrolment, Timetables timetables, TakeCommand takeCommand, HouseRules house, Clock clock) {
        return new ContractRoutes(enrolment, timetables, takeCommand, house, clock);
    }
}
