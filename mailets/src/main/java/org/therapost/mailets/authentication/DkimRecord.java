package org.therapost.mailets.authentication;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.james.jdkim.tagvalue.SignatureRecordImpl;

/** The value of a {@code DKIM-Signature} field (RFC 6376 section 3.5). */
final class DkimRecord extends SignatureRecordImpl {

    // Only the tag itself: jDKIM empties the first "b=" there is, which can stand inside of z=.
    private static final Pattern SIGNATURE = Pattern.compile("((?:^|;)[ \\t\\r\\n]*b[ \\t\\r\\n]*=)[^;]*");

    /** @throws RuntimeException if it is no such value, has expired, or does not sign {@code From} */
    DkimRecord(String value) {
        super(value);
    }

    /** Whether it is one that can prove anything here: the whole body, by algorithms that hold (RFC 8301, RFC 8463). */
    boolean counts() {
        return !expiresBeforeItWasMade()
                && getBodyHashLimit() < 0
                && Set.of("rsa-sha256", "ed25519-sha256").contains(algorithm())
                && Set.of(SIMPLE, RELAXED)
                        .containsAll(List.of(getHeaderCanonicalisationMethod(), getBodyCanonicalisationMethod()))
                && getRecordLookupMethods().stream().anyMatch(method -> "dns/txt".contentEquals(method));
    }

    boolean isEd25519() {
        return algorithm().equals("ed25519-sha256");
    }

    private String algorithm() {
        return getValue("a").toString().toLowerCase(Locale.ROOT);
    }

    String domain() {
        return getDToken().toString();
    }

    /** The domain of {@code i=}, which is that of {@code d=} or below it. */
    String identityDomain() {
        String identity = getIdentity().toString();
        return identity.substring(identity.lastIndexOf('@') + 1);
    }

    /** When it says it was made. */
    Optional<Instant> made() {
        return instant("t");
    }

    /** Section 3.5: x= must be greater than t=. */
    private boolean expiresBeforeItWasMade() {
        Optional<Instant> made = made();
        return instant("x")
                .filter(end -> made.filter(begin -> !begin.isBefore(end)).isPresent())
                .isPresent();
    }

    private Optional<Instant> instant(String tag) {
        try {
            return Optional.ofNullable(getValue(tag))
                    .map(text -> Instant.ofEpochSecond(Long.parseLong(text.toString())));
        } catch (DateTimeException | NumberFormatException beyondAllTime) {
            throw new IllegalStateException("no time in " + tag + "=", beyondAllTime);
        }
    }

    /** Names of the fields that are signed, in lower case. */
    Set<String> signed() {
        return getHeaders().stream()
                .map(name -> name.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public String toUnsignedString() {
        return SIGNATURE.matcher(toString()).replaceFirst("$1");
    }
}
