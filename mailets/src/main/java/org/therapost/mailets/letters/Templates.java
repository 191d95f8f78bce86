package org.therapost.mailets.letters;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * All wording and both layouts, read and checked once. What staff has put into the folder replaces the packaged file of that
 * name; a key that a replaced wording leaves out keeps its packaged text, and a language of their own may be added.
 */
public final class Templates {

    private static final List<String> LANGUAGES = List.of("en", "de", "fr", "es", "nl");
    private static final String TEXT = "letter.txt.mustache";
    private static final String HTML = "letter.html.mustache";
    private static final Pattern WORDING = Pattern.compile("(client|therapist)_([a-z]{2,3})\\.properties");

    private final LetterLayout layout;
    private final Map<String, WordingFile> wordings = new TreeMap<>();

    private Templates(Map<String, String> replaced) {
        layout = LetterLayout.of(
                TEXT, replaced.getOrDefault(TEXT, packaged(TEXT)), HTML, replaced.getOrDefault(HTML, packaged(HTML)));
        for (String kind : List.of("client", "therapist")) {
            String englishName = kind + "_en.properties";
            WordingFile english = WordingFile.of(englishName, packaged(englishName));
            Map<String, WordingFile> defaults = new HashMap<>();
            for (String language : LANGUAGES) {
                String name = kind + "_" + language + ".properties";
                WordingFile file = WordingFile.of(name, packaged(name));
                file.requireSameKeys(english);
                defaults.put(name, file);
            }
            wordings.putAll(defaults);
            replaced.forEach((name, text) -> {
                if (name.startsWith(kind)) {
                    WordingFile own = WordingFile.of(name, text);
                    own.requireKnownKeys(english);
                    wordings.put(name, own.over(defaults.getOrDefault(name, english)));
                }
            });
        }
    }

    /** The packaged wording. */
    public static Templates packaged() {
        return new Templates(Map.of());
    }

    /**
     * The wording of a folder, and what is packaged for all that is not in it.
     *
     * @throws TemplateException if a file is not a template, is broken, or names what there is not
     */
    public static Templates of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new TemplateException(folder.toString(), "not a folder");
        }
        Map<String, String> replaced = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(".mustache") || name.endsWith(".properties")) {
                    if (!name.equals(TEXT)
                            && !name.equals(HTML)
                            && !WORDING.matcher(name).matches()) {
                        throw new TemplateException(name, "no template has this name");
                    }
                    replaced.put(name, Files.readString(file));
                }
            }
        } catch (IOException unreadable) {
            throw new TemplateException(folder.toString(), "cannot be read", unreadable);
        }
        return new Templates(replaced);
    }

    LetterLayout layout() {
        return layout;
    }

    /** What is said to clients, in this language, or else in English. */
    WordingPhrases client(Locale language) {
        return phrases("client", language);
    }

    /** What is said to therapists, in this language, or else in English. */
    WordingPhrases therapist(Locale language) {
        return phrases("therapist", language);
    }

    /** The languages in which there is wording for clients. */
    public List<Locale> languages() {
        List<Locale> all = new ArrayList<>();
        for (String name : wordings.keySet()) {
            Matcher file = WORDING.matcher(name);
            if (file.matches() && name.startsWith("client")) {
                all.add(Locale.forLanguageTag(file.group(2)));
            }
        }
        return all;
    }

    private WordingPhrases phrases(String kind, Locale language) {
        WordingFile own = wordings.get(kind + "_" + language.getLanguage() + ".properties");
        return own != null
                ? own.phrases(language)
                : Optional.ofNullable(wordings.get(kind + "_en.properties"))
                        .orElseThrow()
                        .phrases(Locale.ENGLISH);
    }

    private static String packaged(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not packaged: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new IllegalStateException("packaged, and not readable: " + name, broken);
        }
    }
}
