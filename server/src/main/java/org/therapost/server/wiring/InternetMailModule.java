package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.carriage.NewsOfServers;
import org.therapost.domain.carriage.Relay;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.incoming.KeysInMail;
import org.therapost.domain.conversation.incoming.Senders;
import org.therapost.domain.exchangers.ClientServers;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.exchangers.KnownProviders;
import org.therapost.domain.exchangers.PolicySource;
import org.therapost.domain.exchangers.PublishedPolicies;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.authentication.DmarcSenders;
import org.therapost.mailets.authentication.PublicSuffixes;
import org.therapost.mailets.authentication.SenderChecks;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.mailets.authentication.SignedKeysInMail;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsExchangers;
import org.therapost.mailets.dns.DnsSettings;
import org.therapost.mailets.https.MtaStsSource;
import org.therapost.mailets.mime.CarriageNotes;
import org.therapost.mailets.mime.JakartaComposer;
import org.therapost.mailets.mime.MailReader;
import org.therapost.mailets.mime.OutgoingMessageWriter;
import org.therapost.mailets.relay.EncryptedContentCheck;
import org.therapost.mailets.relay.RelayParameters;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.mailets.relay.SmtpRelay;
import org.therapost.server.metrics.MeasuredRelay;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.server.tls.OutgoingTrust;
import org.therapost.storage.conversation.JooqExchangerPins;
import org.therapost.storage.conversation.JooqPolicyCache;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrivalListener;

/** The way to the world outside: DNS, who really wrote, what leaves and how. */
public final class InternetMailModule extends AbstractModule {

    private final PublicSuffixes suffixes;
    private final KnownProviders providers;

    /**
     * @param suffixes decides which domains have one owner
     * @param providers whose exchangers are known
     */
    public InternetMailModule(PublicSuffixes suffixes, KnownProviders providers) {
        this.suffixes = suffixes;
        this.providers = providers;
    }

    @Provides
    PublicSuffixes suffixes() {
        return suffixes;
    }

    @Provides
    @Singleton
    SenderChecks checks() {
        return new SenderChecks();
    }

    @Provides
    @Singleton
    Dns dns(DnsSettings settings) {
        return Dns.of(settings.servers());
    }

    @Provides
    @Singleton
    MailReader reader() {
        return new MailReader();
    }

    @Provides
    @Singleton
    KeysInMail keysInMail(MailReader reader) {
        return new SignedKeysInMail(reader);
    }

    @Provides
    @Singleton
    Senders senders(Dns dns, MailReader reader, SenderSettings settings, Clock clock, SenderChecks checks) {
        return new DmarcSenders(dns, reader, settings.trustedNetworks(), suffixes, clock, checks);
    }

    @Provides
    @Singleton
    Composer composer(
            OutgoingMessageWriter departure,
            ServerKey serverKey,
            KnownMessageIds knownIds,
            MailReader reader,
            CarriageNotes notices) {
        return new JakartaComposer(departure, serverKey, knownIds, reader, notices);
    }

    @Provides
    @Singleton
    PolicySource policySource(Dns dns, RelaySettings settings) throws IOException, GeneralSecurityException {
        return new MtaStsSource(dns, OutgoingTrust.with(settings.trustCertificates()));
    }

    @Provides
    @Singleton
    PublishedPolicies publishedPolicies(PolicySource policies, Database database, ServerKey serverKey, Clock clock) {
        return new PublishedPolicies(policies, new JooqPolicyCache(database, serverKey), clock);
    }

    @Provides
    @Singleton
    ExchangerPins exchangerPins(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqExchangerPins(database, serverKey, listener);
    }

    @Provides
    @Singleton
    ClientServers clientServers(
            ExchangerPins pins,
            Dns dns,
            Directory directory,
            PublishedPolicies policies,
            Composer composer,
            Sealer sealer,
            Clock clock) {
        return new ClientServers(
                pins,
                providers,
                new DnsExchangers(dns),
                directory,
                policies,
                new NewsOfServers(composer, sealer, clock));
    }

    @Provides
    @Singleton
    Relay relay(
            RelaySettings settings,
            IdentitySettings identity,
            Dns dns,
            ClientServers clientServers,
            MeterRegistry meters)
            throws IOException, GeneralSecurityException {
        RelayParameters parameters = RelayParameters.of(
                settings.smarthost(),
                settings.port(),
                identity.hostname(),
                OutgoingTrust.with(settings.trustCertificates()));
        return new MeasuredRelay(new EncryptedContentCheck(new SmtpRelay(parameters, dns, clientServers)), meters);
    }
}
