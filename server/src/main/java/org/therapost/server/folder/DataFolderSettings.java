package org.therapost.server.folder;

import java.nio.file.Path;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * Where the data folder is.
 *
 * @param root absolute and normalized
 */
public record DataFolderSettings(Path root) {

    public static final Setting<Path> DATA_FOLDER = Setting.of("data.folder", "data", ValueKind.folder(), """
        The folder of everything that must survive: keys, the self-made certificate, the embedded PostgreSQL. \
        `start --data` has the last word.
        """);

    /** The section "Data folder". */
    public static final SettingsSection<DataFolderSettings> SECTION = SettingsSection.of(
            DataFolderSettings.class,
            "Data folder",
            values -> new DataFolderSettings(
                    values.get(DATA_FOLDER).toAbsolutePath().normalize()),
            DATA_FOLDER);
}
