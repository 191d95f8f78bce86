package org.therapost.domain.mime;

import java.util.Optional;

/** One address as ENVELOPE has it, or the beginning or the end of a group; each octet is one character. */
public record EnvelopeAddress(
        Optional<String> name, Optional<String> route, Optional<String> mailbox, Optional<String> host) {

    /** {@code local@host}; empty of the beginning and the end of a group. */
    public Optional<String> address() {
        return host.flatMap(domain -> mailbox.map(local -> local + "@" + domain));
    }

    /** Stands where a field names nobody or no host: without one it would be read as a group. Dovecot has the same words. */
    private static final String NO_MAILBOX = "MISSING_MAILBOX";

    private static final String NO_HOST = "MISSING_DOMAIN";

    static EnvelopeAddress of(String name, String route, String mailbox, String host) {
        return new EnvelopeAddress(
                given(name),
                given(route),
                Optional.of(mailbox.isEmpty() ? NO_MAILBOX : mailbox),
                Optional.of(host.isEmpty() ? NO_HOST : host));
    }

    static EnvelopeAddress beginOfGroup(String name) {
        return new EnvelopeAddress(Optional.empty(), Optional.empty(), Optional.of(name), Optional.empty());
    }

    static EnvelopeAddress endOfGroup() {
        return new EnvelopeAddress(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    private static Optional<String> given(String text) {
        return text.isEmpty() ? Optional.empty() : Optional.of(text);
    }
}
