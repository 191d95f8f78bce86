package org.therapost.server.configuration;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.therapost.domain.settings.Listener;
import org.therapost.domain.settings.Setting;
import org.therapost.domain.settings.SettingValues;
import org.therapost.domain.settings.SettingsSection;
import org.therapost.domain.settings.WrongValueException;

/**
 * What the server runs with: every value was read and checked before anything starts. Only what wires the server knows it;
 * a part is given its own record.
 */
public final class Configuration {

    /** Name of the file in the configuration folder. */
    public static final String FILE = "therapost.properties";

    private final Map<String, WrittenValue> written;
    private final Map<Class<?>, Object> parts = new LinkedHashMap<>();

    private Configuration(Map<String, WrittenValue> written, List<String> problems) throws ConfigurationException {
        this.written = Map.copyOf(written);
        SettingValues values = new SettingValues(
                written.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue()
                        .text())));
        for (SettingsSection<?> section : ConfigurationSections.ALL) {
            List<String> wrong = section.settings().stream()
                    .flatMap(setting -> problem(setting, values).stream())
                    .toList();
            problems.addAll(wrong);
            if (wrong.isEmpty()) {
                read(section, values, problems);
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private void read(SettingsSection<?> section, SettingValues values, List<String> problems) {
        try {
            parts.put(section.part(), section.reader().read(values));
        } catch (WrongValueException together) {
            problems.add(together.hint());
        }
    }

    private String where(Setting<?> setting) {
        WrittenValue value = written.get(setting.key());
        return value == null ? "the default" : value.where();
    }

    private Optional<String> problem(Setting<?> setting, SettingValues values) {
        try {
            values.get(setting);
            return Optional.empty();
        } catch (WrongValueException wrong) {
            return Optional.of(setting.key() + " = " + setting.shown(values.written(setting)) + " (" + where(setting)
                    + "): expected " + setting.kind().allowed()
                    + (wrong.hint().isEmpty() ? "" : "; " + wrong.hint()));
        }
    }

    /** All defaults. */
    public static Configuration defaults() {
        try {
            return new Configuration(Map.of(), new ArrayList<>());
        } catch (ConfigurationException broken) {
            throw new IllegalStateException("a default is wrong", broken);
        }
    }

    /**
     * Reads the file, if there is one, and the environment, which has the last word.
     *
     * @param folder the configuration folder
     * @throws ConfigurationException with everything that is wrong
     */
    public static Configuration load(Path folder, Map<String, String> environment) throws ConfigurationException {
        List<String> problems = new ArrayList<>();
        return new Configuration(ConfigurationSources.read(folder, environment, problems), problems);
    }

    /** The same but for one value. */
    public Configuration with(Setting<?> setting, String value) throws ConfigurationException {
        return with(setting, value, "given by the program");
    }

    /**
     * The same but for one value.
     *
     * @param where it comes from, for whoever is told that it is wrong: {@code option --data}
     */
    public Configuration with(Setting<?> setting, String value, String where) throws ConfigurationException {
        Map<String, WrittenValue> changed = new TreeMap<>(written);
        changed.put(setting.key(), new WrittenValue(value, where));
        return new Configuration(changed, new ArrayList<>());
    }

    /** The same, but each listener is at any free port. */
    public Configuration onFreePorts() throws ConfigurationException {
        Map<String, WrittenValue> changed = new TreeMap<>(written);
        ConfigurationSections.settings()
                .filter(setting -> Listener.PORT.equals(setting.kind()))
                .forEach(port -> changed.put(port.key(), new WrittenValue("0", "any free port")));
        return new Configuration(changed, new ArrayList<>());
    }

    /** What a part runs with. */
    public <R> R part(SettingsSection<R> section) {
        return Objects.requireNonNull(section.part().cast(parts.get(section.part())));
    }

    /**
     * What is in force for a key.
     *
     * @param value as it may be shown: passwords are not
     * @param where it is written
     */
    public record InForce(String key, String value, String where) {}

    /** What is in force for every key, in the order of the file. */
    public List<InForce> inForce() {
        return ConfigurationSections.settings()
                .map(setting -> new InForce(
                        setting.key(),
                        setting.shown(Optional.ofNullable(written.get(setting.key()))
                                .map(WrittenValue::text)
                                .orElse(setting.byDefault())),
                        where(setting)))
                .toList();
    }

    /** All parts' records, each with its type. */
    public void forEachPart(PartReceiver receiver) {
        ConfigurationSections.ALL.forEach(section -> give(section, receiver));
    }

    /** Is given the record of each part. */
    public interface PartReceiver {

        /** One part's record. */
        <R> void accept(Class<R> type, R part);
    }

    private <R> void give(SettingsSection<R> section, PartReceiver receiver) {
        receiver.accept(section.part(), part(section));
    }
}
