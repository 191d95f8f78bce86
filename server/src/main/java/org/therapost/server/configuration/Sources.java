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

/** Where values come from: the file, then the environment, which has the last word. */
final class Sources {

    // Environment variables that the launcher reads; they are no keys.
    private static final Set<String> LAUNCHER = Set.of("THERAPOST_JAVA_OPTS", "THERAPOST_HOME");

    private Sources() {}

    /**
     * Reads what is set.
     *
     * @param file of properties, if it is there
     * @param letters the folder with templates, if it is there and no other is named
     */
    static Map<Key, String> read(Path file, Path letters, Map<String, String> environment)
            throws ConfigurationException {
        Map<Key, String> values = new EnumMap<>(Key.class);
        if (Files.exists(file)) {
            readFile(file, values);
        }
        for (Map.Entry<String, String> entry : new TreeMap<>(environment).entrySet()) {
            String variable = entry.getKey();
            if (variable.startsWith("THERAPOST_") && !LAUNCHER.contains(variable)) {
                Key key = Key.ofVariable(variable)
                        .orElseThrow(() -> new ConfigurationException("unknown environment variable " + variable));
                values.put(key, entry.getValue().strip());
            }
        }
        if (values.getOrDefault(Key.LETTERS_FOLDER, "").isBlank() && Files.isDirectory(letters)) {
            values.put(Key.LETTERS_FOLDER, letters.toString());
        }
        return values;
    }

    private static void readFile(Path file, Map<Key, String> values) throws ConfigurationException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException unreadable) {
            throw new ConfigurationException("cannot read " + file + ": " + unreadable.getMessage());
        }
        for (String name : new TreeSet<>(properties.stringPropertyNames())) {
            Key key = Key.of(name).orElseThrow(() -> new ConfigurationException("unknown key " + name + " in " + file));
            values.put(key, properties.getProperty(name).strip());
        }
    }
}
