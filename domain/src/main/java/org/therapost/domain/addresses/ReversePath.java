package org.therapost.domain.addresses;

import java.util.Optional;

/**
 * An envelope sender from outside, as strange as providers make them: local parts with dots at their end, quoted or longer than
 * RFC 5321 allows. Only its domain proves anything (RFC 7208 section 2.4); nothing is ever sent to it.
 *
 * @param localPart as given
 * @param domain in A-labels and lower case, if mail can have such a domain; else as given, which proves nothing
 */
public record ReversePath(String localPart, String domain) {

    /** Empty for the null reverse-path {@code <>}. */
    public static Optional<ReversePath> of(String path) {
        String mailbox = withoutRoute(path.strip());
        if (mailbox.isEmpty()) {
            return Optional.empty();
        }
        int at = mailbox.lastIndexOf('@');
        return Optional.of(
                at < 0
                        ? new ReversePath(mailbox, "")
                        : new ReversePath(mailbox.substring(0, at), domain(mailbox.substring(at + 1))));
    }

    /** That of a mailbox. */
    public static ReversePath of(EmailAddress address) {
        return new ReversePath(address.localPart(), address.domain());
    }

    /** The path without its angle brackets. */
    public String value() {
        return localPart + "@" + domain;
    }

    /** Whether it is that mailbox. */
    public boolean is(EmailAddress mailbox) {
        return EmailAddress.parse(localPart, domain)
                .toOptional()
                .filter(mailbox::sameMailbox)
                .isPresent();
    }

    private static String domain(String name) {
        // Senders' domains may have "_", which no mailbox has; whatever else it is, DNS knows nothing of it.
        return DomainName.parse(name).toOptional().orElseGet(() -> Ascii.lowerCase(name));
    }

    /** RFC 5321 section 4.1.1.3: a source route is ignored. */
    private static String withoutRoute(String path) {
        int colon = path.indexOf(':');
        return path.startsWith("@") && colon > 0 ? path.substring(colon + 1) : path;
    }

    @Override
    public String toString() {
        return "ReversePath[" + value().length() + " characters]";
    }
}
