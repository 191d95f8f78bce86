package org.therapost.domain.addresses;

import java.util.Optional;
import java.util.function.Function;

/** What was made of a text that somebody brought: a value, or why it is none. */
public sealed interface Parsed<T> {

    record Valid<T>(T value) implements Parsed<T> {}

    /** @param why in words for whoever brought it; it does not quote the text */
    record Invalid<T>(String why) implements Parsed<T> {}

    static <T> Parsed<T> valid(T value) {
        return new Valid<>(value);
    }

    static <T> Parsed<T> invalid(String why) {
        return new Invalid<>(why);
    }

    /** The value, for those to whom the reason does not matter. */
    default Optional<T> toOptional() {
        return this instanceof Valid<T> valid ? Optional.of(valid.value()) : Optional.empty();
    }

    /** The value, or what is thrown with the reason. */
    default <E extends Exception> T orElseThrow(Function<String, E> exception) throws E {
        if (this instanceof Invalid<T> invalid) {
            throw exception.apply(invalid.why());
        }
        return ((Valid<T>) this).value();
    }
}
