package org.therapost.domain.settings;

import java.util.List;

/**
 * All settings of one part: a section of {@code therapost.properties}, and the record that the part is given.
 *
 * @param part the type of the record
 * @param title the heading in the file
 * @param text what is true of all keys of the section; may be empty
 * @param settings in the order of the file
 * @param reader makes the record
 */
public record SettingsSection<R>(
        Class<R> part, String title, String text, List<Setting<?>> settings, Reader<R> reader) {

    public SettingsSection {
        settings = List.copyOf(settings);
    }

    /** Makes the record of a part. */
    public interface Reader<R> {

        /** @throws WrongValueException if values that are allowed do not go together; the hint says everything */
        R read(SettingValues values) throws WrongValueException;
    }

    /** A section whose keys say everything. */
    public static <R> SettingsSection<R> of(Class<R> part, String title, Reader<R> reader, Setting<?>... settings) {
        return new SettingsSection<>(part, title, "", List.of(settings), reader);
    }
}
