package org.therapost.domain.settings;

import java.util.Map;

/** What is set, as it is written; where nothing is, the defaults. */
public final class SettingValues {

    private final Map<String, String> written;

    /** @param written by key, without spaces around it */
    public SettingValues(Map<String, String> written) {
        this.written = Map.copyOf(written);
    }

    /** What is written for a key, or its default. */
    public String written(Setting<?> setting) {
        return written.getOrDefault(setting.key(), setting.byDefault());
    }

    /** @throws WrongValueException if what is written is not allowed */
    public <T> T get(Setting<T> setting) throws WrongValueException {
        return setting.kind().reader().read(written(setting));
    }
}
