package org.therapost.server.configuration;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.commons.text.similarity.LevenshteinDistance;
import org.therapost.domain.settings.Setting;

/** Where values come from: the file, then the environment, which has the last word, then files beside the first. */
final class ConfigurationSources {

    // Environment variables that the launcher reads; they are no keys.
    private static final Set<String> LAUNCHER = Set.of("THERAPOST_JAVA_OPTS", "THERAPOST_HOME");

    // Keys of earlier versions.
    private static final Map<String, String> NOW = Map.of("health.queue-stuck-minutes", "health.queue-stuck-after");

    private static final int SIMILAR = 3;

    private final Path folder;
    private final Path file;
    private final Map<String, WrittenValue> values = new LinkedHashMap<>();
    private final List<String> problems;

    private ConfigurationSources(Path folder, List<String> problems) {
        this.folder = folder;
        this.file = folder.resolve(Configuration.FILE);
        this.problems = problems;
    }

    /**
     * Reads what is set.
     *
     * @param folder in which the file is, and the files that are taken if no others are named
     * @param problems to which unknown keys, and what is missing, are added
     * @return by key
     */
    static Map<String, WrittenValue> read(Path folder, Map<String, String> environment, List<String> problems)
            throws ConfigurationException {
        ConfigurationSources sources = new ConfigurationSources(folder, problems);
        sources.readFile();
        sources.readEnvironment(environment);
        ConfigurationSections.settings().forEach(sources::lookBeside);
        return sources.values;
    }

    private void readFile() throws ConfigurationException {
        if (!Files.exists(file)) {
            return;
        }
        Map<String, Integer> lines = new TreeMap<>();
        for (PropertiesLines.Line line : PropertiesLines.of(file)) {
            Integer before = lines.put(line.key(), line.line());
            if (before != null) {
                problems.add(line.key() + " is set twice (" + file + ", lines " + before + " and " + line.line()
                        + "): leave one of them");
            }
            String where = file + ", line " + line.line();
            if (ConfigurationSections.setting(line.key()).isPresent()) {
                values.put(line.key(), new WrittenValue(line.value(), where));
            } else {
                problems.add("unknown key " + line.key() + " (" + where + ")" + meant(line.key()));
            }
        }
    }

    private void readEnvironment(Map<String, String> environment) {
        new TreeMap<>(environment).forEach((variable, value) -> {
            if (variable.startsWith("THERAPOST_") && !LAUNCHER.contains(variable)) {
                Optional<Setting<?>> setting = ConfigurationSections.ofVariable(variable);
                if (setting.isPresent()) {
                    String where = "environment variable " + variable;
                    values.put(setting.get().key(), new WrittenValue(value.strip(), where));
                } else {
                    problems.add("unknown environment variable " + variable + meantVariable(variable));
                }
            }
        });
    }

    private static String meant(String key) {
        String now = NOW.get(key);
        return now != null
                ? ": it is called " + now + " now"
                : nearest(
                        key, ConfigurationSections.settings().map(Setting::key).toList());
    }

    private static String meantVariable(String variable) {
        return nearest(
                variable,
                ConfigurationSections.settings().map(Setting::variable).toList());
    }

    private static String nearest(String wrong, List<String> known) {
        LevenshteinDistance distance = LevenshteinDistance.getDefaultInstance();
        return known.stream()
                .min(Comparator.comparing(one -> distance.apply(wrong, one)))
                .filter(one -> distance.apply(wrong, one) <= SIMILAR)
                .map(one -> ": did you mean " + one + "?")
                .orElse(": see " + Configuration.FILE + " as it is shipped for the keys there are");
    }

    private void lookBeside(Setting<?> setting) {
        boolean set = values.containsKey(setting.key())
                && !values.get(setting.key()).text().isEmpty();
        if (set || setting.beside().isEmpty()) {
            return;
        }
        Setting.FileBeside beside = setting.beside().get();
        Path taken = folder.resolve(beside.name());
        if (Files.exists(taken)) {
            values.put(setting.key(), new WrittenValue(taken.toString(), "beside " + file));
        } else if (beside.why().isPresent() && Files.exists(file)) {
            // The built-in one in its place would leave out what the operator had put into it.
            problems.add(taken + " is missing: " + beside.why().get()
                    + ". Put it back, or copy the one that comes with Therapost, or name another by "
                    + setting.key() + " in " + file);
        }
    }
}
