package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.server.metrics.AuditTally;
import org.therapost.server.metrics.Gauges;
import org.therapost.storage.james.events.SharedEventBus;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.QueueAdministration;

/** What is counted and measured. */
public final class MetricsModule extends AbstractModule {

    @Override
    protected void configure() {
        bind(MeterRegistry.class).to(PrometheusMeterRegistry.class);
    }

    @Provides
    @Singleton
    PrometheusMeterRegistry meters() {
        PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        return meters;
    }

    @Provides
    @Singleton
    AuditTally tally(MeterRegistry meters) {
        return new AuditTally(meters);
    }

    @Provides
    @Singleton
    Gauges gauges(
            MeterRegistry meters,
            Database database,
            QueueAdministration ledger,
            ReaderLogins readers,
            OctetsInFlight inFlight,
            SharedEventBus events) {
        Gauge.builder("therapost.folders.open", events, SharedEventBus::listeners)
                .register(meters);
        Gauge.builder("therapost.memory.in.flight", inFlight, OctetsInFlight::now)
                .register(meters);
        FunctionCounter.builder("therapost.memory.refusals", inFlight, OctetsInFlight::refusals)
                .register(meters);
        return new Gauges(meters, database, ledger, readers);
    }
}
