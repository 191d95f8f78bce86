package org.therapost.server.configuration;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.therapost.domain.office.Office;
import org.therapost.domain.sealing.ReadingMemory;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.mailets.authentication.SenderSettings;
import org.therapost.mailets.dns.DnsSettings;
import org.therapost.mailets.letters.LetterSettings;
import org.therapost.mailets.relay.RelaySettings;
import org.therapost.protocols.imap.ImapSettings;
import org.therapost.protocols.limits.MemorySettings;
import org.therapost.protocols.limits.MessageLimit;
import org.therapost.protocols.smtp.SmtpSettings;
import org.therapost.protocols.smtp.SubmissionSettings;
import org.therapost.server.administration.AdministrationSettings;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.server.health.HealthSettings;
import org.therapost.server.limits.LoginSettings;
import org.therapost.server.log.LogSettings;
import org.therapost.server.pipeline.PipelineSettings;
import org.therapost.server.providers.ProviderSettings;
import org.therapost.server.tls.IdentitySettings;
import org.therapost.storage.james.quota.QuotaSettings;
import org.therapost.storage.postgres.DatabaseSettings;

/** The sections of all parts, in the order of the file. */
final class ConfigurationSections {

    static final List<SettingsSection<?>> ALL = List.of(
            DataFolderSettings.SECTION,
            IdentitySettings.SECTION,
            SmtpSettings.SECTION,
            SubmissionSettings.SECTION,
            ImapSettings.SECTION,
            AdministrationSettings.SECTION,
            DatabaseSettings.SECTION,
            MessageLimit.SECTION,
            MemorySettings.SECTION,
            LoginSettings.SECTION,
            DnsSettings.SECTION,
            SenderSettings.SECTION,
            RelaySettings.SECTION,
            DefaultTerms.SECTION,
            Office.SECTION,
            LetterSettings.SECTION,
            ProviderSettings.SECTION,
            PipelineSettings.SECTION,
            ReadingMemory.SECTION,
            QuotaSettings.SECTION,
            HealthSettings.SECTION,
            LogSettings.SECTION);

    private ConfigurationSections() {}

    static Stream<Setting<?>> settings() {
        return ALL.stream().flatMap(section -> section.settings().stream());
    }

    static Optional<Setting<?>> setting(String key) {
        return settings().filter(one -> one.key().equals(key)).findFirst();
    }

    static Optional<Setting<?>> ofVariable(String variable) {
        return settings().filter(one -> one.variable().equals(variable)).findFirst();
    }
}
