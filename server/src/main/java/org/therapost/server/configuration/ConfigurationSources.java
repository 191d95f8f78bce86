package org.therapost.server.configuration;

import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.therapost.mailets.authentication.PublicSuffixes;

/** Where values come from: the file, then the environment, which has the last word. */
final class ConfigurationSources {

    // Environment variables that the launcher reads; they are no keys.
    private static final Set<String> LAUNCHER = Set.of("THERAPOST_JAVA_OPTS", "THERAPOST_HOME");

    private static final String PIPELINE = "mailetcontainer.xml";

    private ConfigurationSources() {}

    /**
     * Reads what is set.
     *
     * @param file of properties, if it is there
     * @param folder in which the templates and the tables of providers are, if they are there and no others are named
     */
    static Map<ConfigurationKey, String> read(Path file, Path folder, Map<String, String> environment)
            throws ConfigurationException {
        Map<ConfigurationKey, String> values = new EnumMap<>(ConfigurationKey.class);
        if (Files.exists(file)) {
            readFile(file, values);
        }
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String variable = entry.getKey();
            if (variable.startsWith("THERAPOST_") && !LAUNCHER.contains(variable)) {
                ConfigurationKey key = ConfigurationKey.ofVariable(variable)
                        .orElseThrow(() -> new ConfigurationException("unknown environment variable " + variable));
                values.put(key, entry.getValue().strip());
            }
        }
        beside(folder.resolve("templates"), ConfigurationKey.LETTERS_FOLDER, values);
        beside(folder.resolve(PublicSuffixes.FILE), ConfigurationKey.SENDERS_PUBLIC_SUFFIX_LIST, values);
        beside(folder.resolve(PIPELINE), ConfigurationKey.PIPELINE_FILE, values);
        beside(folder.resolve("providers").resolve("spellings"), ConfigurationKey.PROVIDERS_SPELLINGS, values);
        if (Files.exists(file)
                && values.getOrDefault(ConfigurationKey.PIPELINE_FILE, "").isBlank()) {
            // The built-in one in its place would leave out the filters that stood there.
            throw new ConfigurationException(
                    folder.resolve(PIPELINE) + " is missing: it names the mailets that mail passes."
                            + " Put it back, or copy the one that comes with Therapost, or name another by "
                            + ConfigurationKey.PIPELINE_FILE.key() + " in " + file);
        }
        return values;
    }

    private static void beside(Path file, ConfigurationKey key, Map<ConfigurationKey, String> values) {
        if (values.getOrDefault(key, "").isBlank() && Files.exists(file)) {
            values.put(key, file.toString());
        }
    }

    private static void readFile(Path file, Map<ConfigurationKey, String> values) throws ConfigurationException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException("cannot read " + file + ": " + unreadable.getMessage());
        }
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            ConfigurationKey key = ConfigurationKey.of(name)
                    .orElseThrow(() -> new ConfigurationException("unknown key " + name + " in " + file));
            values.put(key, properties.getProperty(name).strip());
        }
    }
}
