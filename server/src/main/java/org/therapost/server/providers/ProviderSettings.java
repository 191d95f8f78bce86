package org.therapost.server.providers;

import java.nio.file.Path;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * What is known of clients' providers.
 *
 * @param spellings table of the addresses that their provider takes for one mailbox, instead of the built-in one
 */
public record ProviderSettings(Optional<Path> spellings) {

    public static final Setting<Optional<Path>> SPELLINGS = Setting.of(
                    "providers.spellings", "", ValueKind.readableFile().orNothing(), """
                    Table of spellings that a provider treats as one mailbox, such as gmail.com and googlemail.com. \
                    Empty: the file providers/spellings beside this file, or else the built-in one, which is the same.
                    """)
            .orBeside("providers/spellings");

    /** The section "Providers". */
    public static final SettingsSection<ProviderSettings> SECTION = SettingsSection.of(
            ProviderSettings.class, "Providers", values -> new ProviderSettings(values.get(SPELLINGS)), SPELLINGS);
}
