package org.therapost.domain.settings;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/**
 * How values of one kind are written and read.
 *
 * @param allowed what an operator may write, as it follows "expected": {@code a number from 3 to 10000}
 * @param reader makes a value of what was written
 */
public record ValueKind<T>(String allowed, Reader<T> reader) {

    /** Makes a value of what was written, without spaces around it. */
    public interface Reader<T> {

        /** @throws WrongValueException if it is not allowed */
        T read(String text) throws WrongValueException;
    }

    /**
     * Values of a type that checks itself.
     *
     * @param read throws {@link IllegalArgumentException} for what is not allowed
     */
    public static <T> ValueKind<T> of(String allowed, Function<String, T> read) {
        return new ValueKind<>(allowed, text -> {
            try {
                return read.apply(text);
            } catch (IllegalArgumentException wrong) {
                throw new WrongValueException("");
            }
        });
    }

    /** Any text; it may be empty. */
    public static ValueKind<String> text() {
        return of("a text", Function.identity());
    }

    /** A whole number without a unit: how many of something. */
    public static ValueKind<Integer> number(int least, int most) {
        return of(
                most == Integer.MAX_VALUE
                        ? "a number of " + least + " or more"
                        : "a number from " + least + " to " + most,
                text -> within(Integer.parseInt(text), least, most));
    }

    /** A TCP port to connect to. */
    public static ValueKind<Integer> port() {
        return number(1, 65_535);
    }

    /** A size in octets, written with its unit; {@code most} may be {@link Long#MAX_VALUE}. */
    public static ValueKind<Long> size(long least, long most) {
        return new ValueKind<>(
                Quantity.SIZE.range("a size", least, most), text -> Quantity.SIZE.read(text, least, most));
    }

    /** A length of time of whole seconds, written with its unit. */
    public static ValueKind<Duration> time(Duration least, Duration most) {
        long from = least.toSeconds();
        long to = most.toSeconds();
        return new ValueKind<>(
                Quantity.TIME.range("a time", from, to),
                text -> Duration.ofSeconds(Quantity.TIME.read(text, from, to)));
    }

    /** A path of a folder; whoever uses it makes it or finds it missing. */
    public static ValueKind<Path> folder() {
        return of("a folder", ValueKind::path);
    }

    /** The path of a file that is there and can be read. */
    public static ValueKind<Path> readableFile() {
        return new ValueKind<>("a file that the server's user can read", text -> {
            Path file = path(text);
            if (!Files.isRegularFile(file)) {
                throw new WrongValueException("there is no such file");
            }
            if (!Files.isReadable(file)) {
                throw new WrongValueException("the server's user may not read it");
            }
            return file;
        });
    }

    /** One of some words, in whatever case it is written. */
    public static ValueKind<String> oneOf(String... words) {
        List<String> all = List.of(words);
        return new ValueKind<>("one of " + String.join(", ", all), text -> {
            String word = text.toLowerCase(Locale.ROOT);
            if (!all.contains(word)) {
                throw new WrongValueException("");
            }
            return word;
        });
    }

    /** The same, or nothing at all. */
    public ValueKind<Optional<T>> orNothing() {
        return new ValueKind<>(
                allowed + ", or nothing", text -> text.isEmpty() ? Optional.empty() : Optional.of(reader.read(text)));
    }

    /**
     * Any number of them, separated by commas or spaces.
     *
     * @param several what they are called: {@code networks such as 192.0.2.0/24, ::1}
     */
    public ValueKind<List<T>> list(String several) {
        return new ValueKind<>(several, text -> {
            List<T> all = new ArrayList<>();
            for (String one : text.split("[,\\s]+")) {
                if (!one.isEmpty()) {
                    all.add(reader.read(one));
                }
            }
            return List.copyOf(all);
        });
    }

    /**
     * Values that are made of these.
     *
     * @param made throws {@link IllegalArgumentException} for what is not allowed
     */
    public <U> ValueKind<U> as(Function<T, U> made) {
        return new ValueKind<>(allowed, text -> {
            T value = reader.read(text);
            try {
                return made.apply(value);
            } catch (IllegalArgumentException wrong) {
                throw new WrongValueException("");
            }
        });
    }

    private static int within(int number, int least, int most) {
        if (number < least || number > most) {
            throw new IllegalArgumentException("out of range");
        }
        return number;
    }

    private static Path path(String text) throws InvalidPathException {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("no path");
        }
        return Path.of(text);
    }
}
