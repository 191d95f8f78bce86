package org.therapost.server.configuration;

import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/** A file of properties, as {@link Properties} reads it, but with the number of each line. */
final class PropertiesLines {

    /**
     * One key.
     *
     * @param line the number of its first line, from 1
     */
    record Line(String key, String value, int line) {}

    private final Path file;
    private final List<Line> lines = new ArrayList<>();
    private final StringBuilder logical = new StringBuilder();

    private PropertiesLines(Path file) {
        this.file = file;
    }

    /** @throws ConfigurationException if it cannot be read */
    static List<Line> of(Path file) throws ConfigurationException {
        try {
            return new PropertiesLines(file).read(Files.readAllLines(file, StandardCharsets.UTF_8));
        } catch (CharacterCodingException other) {
            throw new ConfigurationException(List.of("cannot read " + file + ": it is not text in UTF-8"));
        } catch (IOException unreadable) {
            throw new ConfigurationException(List.of("cannot read " + file + " (" + unreadable.getMessage() + ")"));
        }
    }

    private List<Line> read(List<String> natural) throws IOException, ConfigurationException {
        int first = 1;
        for (int number = 1; number <= natural.size(); number++) {
            String line = natural.get(number - 1).stripLeading();
            if (logical.isEmpty()) {
                first = number;
            }
            if (logical.isEmpty() && (line.startsWith("#") || line.startsWith("!"))) {
                continue;
            }
            logical.append(line);
            if (continues(line) && number < natural.size()) {
                logical.append('\n');
            } else {
                add(first);
            }
        }
        return lines;
    }

    /** An odd number of backslashes at the end takes the next line along. */
    private static boolean continues(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void add(int first) throws IOException, ConfigurationException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(logical.toString()));
        } catch (IllegalArgumentException malformed) {
            throw new ConfigurationException(List.of("cannot read " + file + ", line " + first
                    + ": \\u is followed by four hexadecimal digits, or is written \\\\u"));
        }
        logical.setLength(0);
        for (String key : one.stringPropertyNames()) {
            lines.add(new Line(key, one.getProperty(key).strip(), first));
        }
    }
}
