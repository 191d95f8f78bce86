package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.therapost.mailets.reports.DeliveryReportReader;
import org.therapost.protocols.smtp.PublicHandlers;
import org.therapost.protocols.smtp.SubmissionHandlers;
import org.therapost.protocols.smtp.handlers.AuditLog;
import org.therapost.protocols.smtp.receiving.OperatorAddresses;
import org.therapost.server.metrics.AuditTally;

/** The handlers of both SMTP servers; each server has its own. */
public final class SmtpModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(OperatorAddresses.class);
        bind(PublicHandlers.class);
        bind(SubmissionHandlers.class);
        PublicHandlers.CLASSES.forEach(this::bind);
        SubmissionHandlers.CLASSES.stream()
                .filter(handler -> !PublicHandlers.CLASSES.contains(handler))
                .forEach(this::bind);
    }

    @Provides
    @Singleton
    DeliveryReportReader reports() {
        return new DeliveryReportReader();
    }

    @Provides
    @Singleton
    AuditLog audit(AuditTally tally) {
        return new AuditLog(tally);
    }
}
