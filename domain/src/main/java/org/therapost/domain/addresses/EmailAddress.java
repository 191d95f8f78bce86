package org.therapost.domain.addresses;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A mailbox address (RFC 5321 section 4.1.2, RFC 6531 section 3.3): dot-string local part, domain in A-labels. Quoted local
 * parts, address literals and source routes are not accepted. Every later step takes what is accepted here: the queue, the
 * header fields, the relay, calendars.
 *
 * <p>An address can tell who is in therapy: {@link #toString()} hides it. Say {@link #value()} where it is meant.
 *
 * @param localPart 1 to 64 octets of UTF-8, as given; compared through {@link #canonical()}
 * @param domain at least two labels, at most 253 octets, lower case, in A-labels (RFC 5890)
 */
public record EmailAddress(String localPart, String domain) {

    // RFC 5321 section 4.5.3.1.3: a path is of 256 octets at most, two of which are its angle brackets.
    private static final int LONGEST = 254;

    private static final String TOO_LONG = "it is longer than " + LONGEST + " octets";
    private static final String NO_SIGN = "it has no '@' with something before it";

    public EmailAddress {
        LocalPart.check(localPart);
        domain = DomainName.of(domain);
        if (isTooLong(localPart, domain)) {
            throw new IllegalArgumentException(TOO_LONG);
        }
    }

    private static boolean isTooLong(String localPart, String domain) {
        return localPart.getBytes(StandardCharsets.UTF_8).length + 1 + domain.length() > LONGEST;
    }

    /** Reads {@code local@domain}, as somebody from outside wrote it. */
    public static Parsed<EmailAddress> parse(String address) {
        int at = address.lastIndexOf('@');
        return at < 1 ? Parsed.invalid(NO_SIGN) : parse(address.substring(0, at), address.substring(at + 1));
    }

    /** Reads the parts of an address, as somebody from outside wrote them. */
    static Parsed<EmailAddress> parse(String localPart, String domain) {
        Optional<String> wrong = LocalPart.problem(localPart);
        if (wrong.isPresent()) {
            return Parsed.invalid(wrong.get());
        }
        Parsed<String> name = DomainName.parse(domain);
        if (name instanceof Parsed.Invalid<String> invalid) {
            return Parsed.invalid(invalid.why());
        }
        String ascii = ((Parsed.Valid<String>) name).value();
        return isTooLong(localPart, ascii)
                ? Parsed.invalid(TOO_LONG)
                : Parsed.valid(new EmailAddress(localPart, ascii));
    }

    /**
     * An address of which it is known that it is one, such as a stored one.
     *
     * @throws IllegalArgumentException if it is not a mailbox address; the text says why and does not quote the input
     */
    public static EmailAddress of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException(NO_SIGN);
        }
        return new EmailAddress(address.substring(0, at), address.substring(at + 1));
    }

    /**
     * A domain name in the one form that is compared and stored: A-labels in lower case, no final dot.
     *
     * @throws IllegalArgumentException if it is not a domain name of two labels or more
     */
    public static String domainName(String name) {
        return DomainName.of(name);
    }

    /** The address as it is written in an envelope. */
    public String value() {
        return localPart + "@" + domain;
    }

    /** The form in which two spellings of one mailbox are equal, whoever its provider is. */
    public String canonical() {
        return LocalPart.canonical(localPart) + "@" + domain;
    }

    /** Whether both name one mailbox. */
    public boolean sameMailbox(EmailAddress other) {
        return canonical().equals(other.canonical());
    }

    /** Whether mail can be sent to it only with SMTPUTF8 (RFC 6531). */
    public boolean isInternational() {
        return !Ascii.isAscii(localPart);
    }

    @Override
    public String toString() {
        return "EmailAddress[" + value().length() + " characters]";
    }
}
