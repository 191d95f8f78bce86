package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.apache.james.metrics.api.GaugeRegistry;
import org.apache.james.metrics.api.MetricFactory;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.protocols.limits.MemorySettings;
import org.therapost.protocols.limits.OctetsInFlight;
import org.therapost.protocols.metrics.NoOpMetricFactory;
import org.therapost.server.configuration.Configuration;
import org.therapost.server.tls.ServerIdentity;
import org.therapost.storage.postgres.Database;

/** What is there before anything is wired: configuration, clock, keys, database. */
public final class CoreModule extends AbstractModule {

    private final Configuration configuration;
    private final Clock clock;
    private final ServerIdentity identity;
    private final ServerKey serverKey;
    private final Database database;

    public CoreModule(
            Configuration configuration, Clock clock, ServerIdentity identity, ServerKey serverKey, Database database) {
        this.configuration = configuration;
        this.clock = clock;
        this.identity = identity;
        this.serverKey = serverKey;
        this.database = database;
    }

    @Override
    protected void configure() {
        // Everything is made once and at the start: what is missing shows before a port is open.
        binder().requireExplicitBindings();
        configuration.forEachPart(new Configuration.PartReceiver() {
            @Override
            public <R> void accept(Class<R> type, R part) {
                bind(type).toInstance(part);
            }
        });
        bind(Clock.class).toInstance(clock);
        bind(ServerIdentity.class).toInstance(identity);
        bind(ServerKey.class).toInstance(serverKey);
        bind(Database.class).toInstance(database);
    }

    /** One for everything that comes in. */
    @Provides
    @Singleton
    OctetsInFlight octetsInFlight(MemorySettings settings) {
        return settings.inFlight().map(OctetsInFlight::new).orElseGet(OctetsInFlight::inHalfOfTheHeap);
    }

    @Provides
    @Singleton
    MetricFactory metrics() {
        return new NoOpMetricFactory();
    }

    @Provides
    @Singleton
    GaugeRegistry gauges() {
        return new NoopGaugeRegistry();
    }
}
