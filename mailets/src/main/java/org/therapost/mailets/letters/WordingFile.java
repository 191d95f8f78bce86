package org.therapost.mailets.letters;

import com.github.mustachejava.MustacheException;
import java.io.IOException;
import java.io.StringReader;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of wording: a resource bundle in UTF-8, each text of it a small template.
 *
 * @param texts by key
 * @param templates the same, read; those of date patterns are not among them
 */
record WordingFile(
        String name, Map<String, String> texts, Map<String, MustacheTemplate> templates, Map<String, Integer> lines) {

    private static final Set<String> PATTERNS =
            Set.of(WordingPhrases.DATE, WordingPhrases.DATE_ON_THE_FIRST, WordingPhrases.DATE_IN_SUBJECT);

    /**
     * Reads a file.
     *
     * @throws TemplateException if it is broken
     */
    static WordingFile of(String name, String text) {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(text));
        } catch (IOException | IllegalArgumentException broken) {
            throw new TemplateException(name, "not a file of keys and texts", broken);
        }
        Map<String, String> texts = new TreeMap<>();
        Map<String, MustacheTemplate> templates = new HashMap<>();
        Map<String, Integer> lines = new HashMap<>();
        for (String key : properties.stringPropertyNames()) {
            String value = properties.getProperty(key).strip();
            int line = line(text, key);
            texts.put(key, value);
            lines.put(key, line);
            if (PATTERNS.contains(key)) {
                requirePattern(name, line, value);
            } else {
                templates.put(key, template(name, line, value));
            }
        }
        return new WordingFile(name, texts, templates, lines);
    }

    private static MustacheTemplate template(String name, int line, String value) {
        if (value.isEmpty()) {
            throw new TemplateException(name, line, "there is no text");
        }
        try {
            return MustacheTemplate.of(value, name, MustacheTemplate.Form.PLAIN);
        } catch (MustacheException broken) {
            throw new TemplateException(name, line, "broken text: " + broken.getMessage());
        }
    }

    private static void requirePattern(String name, int line, String value) {
        try {
            if (DateTimeFormatter.ofPattern(value, Locale.ENGLISH)
                    .format(LocalDate.EPOCH)
                    .isBlank()) {
                throw new TemplateException(name, line, "there is no date pattern");
            }
        } catch (IllegalArgumentException | DateTimeException broken) {
            throw new TemplateException(name, line, "not a pattern of a date: " + broken.getMessage());
        }
    }

    /** Where a key stands, counted from 1. */
    private static int line(String text, String key) {
        Matcher found = Pattern.compile("(?m)^[ \\t]*" + Pattern.quote(key) + "[ \\t]*[=:]")
                .matcher(text);
        return found.find() ? (int) text.substring(0, found.end()).lines().count() : 1;
    }

    /** Requires that every key, and every name in every text, is one that the other file has, too. */
    void requireKnownKeys(WordingFile english) {
        for (String key : texts.keySet()) {
            int line = lines.getOrDefault(key, 1);
            if (!english.texts().containsKey(key)) {
                throw new TemplateException(name, line, "no text has the key " + key);
            }
            Set<String> unknown = names(key);
            unknown.removeAll(english.names(key));
            if (!unknown.isEmpty()) {
                throw new TemplateException(
                        name,
                        line,
                        "nothing here is called {{" + unknown.iterator().next() + "}}");
            }
        }
    }

    /** As {@link #requireKnownKeys}, and none is missing. */
    void requireSameKeys(WordingFile english) {
        requireKnownKeys(english);
        Set<String> missing = new TreeSet<>(english.texts().keySet());
        missing.removeAll(texts.keySet());
        if (!missing.isEmpty()) {
            throw new TemplateException(name, "there is no text for " + missing);
        }
    }

    /** Names that the text of a key uses. */
    Set<String> names(String key) {
        MustacheTemplate template = templates.get(key);
        return template == null ? new TreeSet<>() : new TreeSet<>(template.names());
    }

    /** This file, completed by another. */
    WordingFile over(WordingFile other) {
        Map<String, String> allTexts = new TreeMap<>(other.texts());
        allTexts.putAll(texts);
        Map<String, MustacheTemplate> all = new HashMap<>(other.templates());
        all.putAll(templates);
        return new WordingFile(name, allTexts, all, lines);
    }

    WordingPhrases phrases(Locale language) {
        return new WordingPhrases(language, templates, texts);
    }
}
