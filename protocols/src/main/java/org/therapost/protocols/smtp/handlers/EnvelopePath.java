package org.therapost.protocols.smtp.handlers;

import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.mail.internet.AddressException;
import org.apache.james.core.MailAddress;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.addresses.Ascii;

/**
 * The argument of MAIL or RCPT, taken apart: {@code FROM:<path> parameters}. James's own addresses are ASCII and stricter than
 * providers are; where it would refuse a path, it gets another one to look at, and ours is what counts.
 *
 * @param keyword {@code FROM} or {@code TO}, as given
 * @param path what stands between the angle brackets
 * @param parameters what follows, without the space before it
 */
record EnvelopePath(String keyword, String path, String parameters) {

    // A path may have quoted strings, in which '>' means nothing (RFC 5321 section 4.1.2).
    private static final Pattern ARGUMENT = Pattern.compile(
            "\\s*([A-Za-z]+)\\s*:\\s*<((?:\"(?:[^\"\\\\]++|\\\\.)*+\"|[^<>\"]++)*+)>(?:\\s+(.*))?", Pattern.DOTALL);
    private static final String STAND_IN = "<beyond-james@therapost.invalid>";

    /** Empty if it has not that form. */
    static Optional<EnvelopePath> of(@Nullable String argument) {
        if (argument == null) {
            return Optional.empty();
        }
        Matcher parts = ARGUMENT.matcher(argument);
        return parts.matches()
                ? Optional.of(new EnvelopePath(
                        parts.group(1),
                        parts.group(2),
                        Optional.ofNullable(parts.group(3)).orElse("").strip()))
                : Optional.empty();
    }

    /** Whether James can read the path itself. */
    boolean isJamess() {
        if (path.isEmpty() || path.indexOf('@') < 0) {
            return true;
        }
        try {
            // James ends a path at the first '>', quoted or not.
            return Ascii.isAscii(path)
                    && path.indexOf('"') < 0
                    && new MailAddress(path).asString().equals(path);
        } catch (AddressException | RuntimeException strange) {
            return false;
        }
    }

    /** The same argument with a path that James can read. */
    String forJames() {
        return keyword + ":" + STAND_IN + (parameters.isEmpty() ? "" : " " + parameters);
    }

    /** Whether the client says that the transaction needs SMTPUTF8 (RFC 6531 section 3.4). */
    boolean international() {
        return Arrays.stream(parameters.split(" ")).anyMatch(name -> Ascii.equalsIgnoreCase(name, "SMTPUTF8"));
    }
}
