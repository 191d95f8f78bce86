package org.therapost.mailets.letters;

import java.nio.file.Path;
import java.util.Optional;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.ValueKind;

/**
 * The operator's own wording.
 *
 * @param folder with templates that take the place of the built-in ones, file by file
 */
public record LetterSettings(Optional<Path> folder) {

    public static final Setting<Optional<Path>> FOLDER = Setting.of(
                    "letters.folder", "", ValueKind.folder().orNothing(), """
                    Folder with templates of letters and notes. A file in it replaces the built-in one of that name. \
                    Empty: the folder templates beside this file.
                    """)
            .orBeside("templates");

    /** The section "Letters". */
    public static final SettingsSection<LetterSettings> SECTION = SettingsSection.of(
            LetterSettings.class, "Letters", values -> new LetterSettings(values.get(FOLDER)), FOLDER);
}
