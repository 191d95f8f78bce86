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
 * @param exchangers table of the mail exchangers of large providers, instead of the built-in one
 */
public record ProviderSettings(Optional<Path> spellings, Optional<Path> exchangers) {

    public static final Setting<Optional<Path>> SPELLINGS = Setting.of(
                    "providers.spellings", "", ValueKind.readableFile().orNothing(), """
                    Table of spellings that a provider treats as one mailbox, such as gmail.com and googlemail.com. \
                    Empty: the file providers/spellings beside this file, or else the built-in one, which is the same.
                    """)
            .orBeside("providers/spellings");

    public static final Setting<Optional<Path>> EXCHANGERS = Setting.of(
                    "providers.exchangers", "", ValueKind.readableFile().orNothing(), """
                    Table of the mail exchangers of large providers: a client who is pinned to one of them is pinned to all. \
                    Empty: the file providers/exchangers beside this file, or else the built-in one, which is the same.
                    """)
            .orBeside("providers/exchangers");

    /** The section "Providers". */
    public static final SettingsSection<ProviderSettings> SECTION = SettingsSection.of(
            ProviderSettings.class,
            "Providers",
            values -> new ProviderSettings(values.get(SPELLINGS), values.get(EXCHANGERS)),
            SPELLINGS,
            EXCHANGERS);
}
