package org.therapost.domain.addresses;

import java.nio.charset.StandardCharsets;

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

    public EmailAddress {
        LocalPart.check(localPart);
        domain = DomainName.of(domain);
        if (localPart.getBytes(StandardCharsets.UTF_8).length + 1 + domain.length() > LONGEST) {
            throw new IllegalArgumentException("it is longer than " + LONGEST + " octets");
        }
    }

    /**
     * Reads {@code local@domain}.
     *
     * @throws IllegalArgumentException if it is not a mailbox address; the text says why and does not quote the input
     */
    public static EmailAddress of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("it has no '@' with something before it");
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
