package org.therapost.domain.addresses;

import com.ibm.icu.text.IDNA;
import java.util.regex.Pattern;

/**
 * Domain names of mail, in A-labels and lower case. U-labels are converted by IDNA 2008 as UTS 46 processes it, without its
 * transitional mappings: {@code straße} and {@code strasse} belong to two owners.
 */
public final class DomainName {

    // RFC 1035 section 2.3.4: 255 octets on the wire, which is 253 characters.
    private static final int LONGEST = 253;

    // RFC 5321 section 4.1.2: letters, digits and hyphens. RFC 3696 section 2: the last label is no number.
    private static final Pattern HOST =
            Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?");

    private DomainName() {}

    /** Made when the first name needs it: most names are plain ASCII, and the tables take a while to load. */
    private static final class Uts46 {
        static final IDNA RULES = IDNA.getUTS46Instance(IDNA.NONTRANSITIONAL_TO_ASCII
                | IDNA.USE_STD3_RULES
                | IDNA.CHECK_BIDI
                | IDNA.CHECK_CONTEXTJ
                | IDNA.CHECK_CONTEXTO);
    }

    /**
     * The name in the one form that is compared and stored: A-labels in lower case, no final dot.
     *
     * @throws IllegalArgumentException if it is not a domain name of two labels or more; the text says why and does not
     *     quote it
     */
    public static String of(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        String ascii = isPlain(plain) ? Ascii.lowerCase(plain) : aLabels(plain);
        if (ascii.length() > LONGEST) {
            throw new IllegalArgumentException("the domain name is longer than " + LONGEST + " characters");
        }
        if (!HOST.matcher(ascii).matches()) {
            throw new IllegalArgumentException(
                    "the part after '@' is not a domain name that mail can have: labels of up to"
                            + " 63 letters, digits and hyphens, at least two, the last one beginning with a letter");
        }
        return ascii;
    }

    /** Whether both are the name of one domain; what is no domain name is the name of none. */
    public static boolean same(String one, String other) {
        try {
            return of(one).equals(of(other));
        } catch (IllegalArgumentException noDomain) {
            return false;
        }
    }

    /** Whether there is nothing to convert: A-labels are checked, since not everything that begins like one is one. */
    private static boolean isPlain(String name) {
        return Ascii.isAscii(name) && !Ascii.lowerCase(name).contains("xn--");
    }

    private static String aLabels(String name) {
        StringBuilder ascii = new StringBuilder(name.length() + 16);
        IDNA.Info info = new IDNA.Info();
        Uts46.RULES.nameToASCII(name, ascii, info);
        if (info.hasErrors()) {
            throw new IllegalArgumentException("the domain name is not one that IDNA 2008 allows");
        }
        return Ascii.lowerCase(ascii.toString());
    }
}
