package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.therapost.domain.people.Accounts;
import org.therapost.domain.people.Enrolment;
import org.therapost.domain.people.Register;
import org.therapost.domain.people.Roll;
import org.therapost.domain.sealing.Keys;
import org.therapost.domain.sealing.Passwords;
import org.therapost.server.administration.EnrolmentRoutes;
import org.therapost.server.administration.ExportKey;
import org.therapost.server.administration.ThreadRoutes;
import org.therapost.server.configuration.Configuration;

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
    ThreadRoutes threads(Enrolment enrolment, Register register) {
        return new ThreadRoutes(enrolment, register);
    }
}
