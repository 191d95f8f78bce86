package org.therapost.server.log;

import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * How much is logged.
 *
 * @param level {@code error}, {@code warn}, {@code info} or {@code debug}
 */
public record LogSettings(String level) {

    public static final Setting<String> LEVEL =
            Setting.of("log.level", "info", ValueKind.oneOf("error", "warn", "info", "debug"), """
                error, warn, info or debug. No level logs content, subjects, or clients' names and addresses.
                """);

    /** The section "Log". */
    public static final SettingsSection<LogSettings> SECTION =
            SettingsSection.of(LogSettings.class, "Log", values -> new LogSettings(values.get(LEVEL)), LEVEL);
}
