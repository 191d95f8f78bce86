package org.therapost.domain.people;

import java.net.IDN;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A mailbox address (RFC 5321 section 4.1.2): dot-string local part, ASCII domain in lower case. Quoted local parts,
 * address literals and source routes are not accepted.
 *
 * <p>An address can tell who is in therapy: {@link #toString()} hides it. Say {@link #value()} where it is meant.
 *
 * @param localPart 1 to 64 octets, as given; compared without regard to case through {@link #canonical()}
 * @param domain at least two labels, at most 255 octets, lower case, in A-labels (RFC 5890)
 */
public record EmailAddress(String localPart, String domain) {

    private static final Pattern DOT_STRING = Pattern.compile(
            "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\uFFFF-]+(\\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\uFFFF-]+)*");
    private static final Pattern DOMAIN =
            Pattern.compile("([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    public EmailAddress {
        if (localPart.length() > 64 || !DOT_STRING.matcher(localPart).matches()) {
            throw new IllegalArgumentException("not a mailbox address: bad local part");
        }
        domain = domainName(domain);
    }

    /**
     * Reads {@code local@domain}.
     *
     * @throws IllegalArgumentException if it is not a mailbox address; the text does not quote the input
     */
    public static EmailAddress of(String address) {
        int at = address.lastIndexOf('@');
        if (at < 1) {
            throw new IllegalArgumentException("not a mailbox address: no '@'");
        }
        return new EmailAddress(address.substring(0, at), address.substring(at + 1));
    }

    /**
     * A domain name in the one form that is compared and stored: A-labels in lower case, no final dot.
     *
     * @throws IllegalArgumentException if it is not a domain name of two labels or more
     */
    public static String domainName(String name) {
        String ascii;
        try {
            ascii = IDN.toASCII(name.endsWith(".") ? name.substring(0, name.length() - 1) : name)
                    .toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException notIdn) {
            throw new IllegalArgumentException("not a domain name", notIdn);
        }
        if (ascii.length() > 255 || !DOMAIN.matcher(ascii).matches()) {
            throw new IllegalArgumentException("not a domain name");
        }
        return ascii;
    }

    /** The address as it is written in an envelope. */
    public String value() {
        return localPart + "@" + domain;
    }

    /** The form in which two spellings of one mailbox are equal: all in lower case. */
    public String canonical() {
        return value().toLowerCase(Locale.ROOT);
    }

    /** Whether both name one mailbox. */
    public boolean sameMailbox(EmailAddress other) {
        return canonical().equals(other.canonical());
    }

    @Override
    public String toString() {
        return "EmailAddress[" + value().length() + " characters]";
    }
}
