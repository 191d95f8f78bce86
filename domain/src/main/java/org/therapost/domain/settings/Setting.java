package org.therapost.domain.settings;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * One key that an operator may set.
 *
 * @param <T> what its value is; {@link Optional} if nothing may be set
 */
public final class Setting<T> {

    private final String key;
    private final String byDefault;
    private final ValueKind<T> kind;
    private final String text;
    private final Optional<FileBeside> beside;
    private final Predicate<String> secret;

    private Setting(
            String key,
            String byDefault,
            ValueKind<T> kind,
            String text,
            Optional<FileBeside> beside,
            Predicate<String> secret) {
        this.key = key;
        this.byDefault = byDefault;
        this.kind = kind;
        this.text = text;
        this.beside = beside;
        this.secret = secret;
    }

    /**
     * A file that is taken, if it is there, where nothing is set.
     *
     * @param name within the folder of the configuration
     * @param why it must be there as soon as there is a configuration file; empty if it need not
     */
    public record FileBeside(String name, Optional<String> why) {}

    /**
     * A key.
     *
     * @param key as it stands in the file: lower-case words with {@code .} and {@code -} between them
     * @param byDefault what counts where nobody says anything, as it is written in the file
     * @param text for operators: what it does, and when to change it; paragraphs are separated by empty lines
     */
    public static <T> Setting<T> of(String key, String byDefault, ValueKind<T> kind, String text) {
        return new Setting<>(key, byDefault, kind, text, Optional.empty(), value -> false);
    }

    /** A key about which the text of the key before it says everything. */
    public static <T> Setting<T> of(String key, String byDefault, ValueKind<T> kind) {
        return of(key, byDefault, kind, "");
    }

    /** Where nothing is set, a file of that name in the folder of the configuration is taken, if there is one. */
    public Setting<T> orBeside(String name) {
        return new Setting<>(key, byDefault, kind, text, Optional.of(new FileBeside(name, Optional.empty())), secret);
    }

    /**
     * Where nothing is set, a file of that name in the folder of the configuration is taken. It must be there if the
     * configuration file is.
     *
     * @param why it is needed, for whoever has none: {@code it names the mailets}
     */
    public Setting<T> orBeside(String name, String why) {
        return new Setting<>(key, byDefault, kind, text, Optional.of(new FileBeside(name, Optional.of(why))), secret);
    }

    /** The value is never shown, not even when it is wrong. */
    public Setting<T> secret() {
        return secret(value -> true);
    }

    /** Some values are never shown. */
    public Setting<T> secret(Predicate<String> which) {
        return new Setting<>(key, byDefault, kind, text, beside, which);
    }

    /** As it stands in the file. */
    public String key() {
        return key;
    }

    /** As it is called in the environment. */
    public String variable() {
        return "THERAPOST_" + key.replace('.', '_').replace('-', '_').toUpperCase(Locale.ROOT);
    }

    /** The value where nobody says anything, as it is written in the file. */
    public String byDefault() {
        return byDefault;
    }

    /** What is allowed, and how it is read. */
    public ValueKind<T> kind() {
        return kind;
    }

    /** What it does; empty if the key before it says so. */
    public String text() {
        return text;
    }

    /** The file that is taken where nothing is set. */
    public Optional<FileBeside> beside() {
        return beside;
    }

    /** A value as it may be shown to whoever looks at a screen or a log. */
    public String shown(String value) {
        return !value.isEmpty() && secret.test(value) ? "(not shown)" : value;
    }

    @Override
    public String toString() {
        return key;
    }
}
