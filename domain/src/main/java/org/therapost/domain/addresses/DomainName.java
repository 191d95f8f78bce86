package org.therapost.domain.addresses;

import com.ibm.icu.text.IDNA;
import java.util.Optional;
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
        return parse(name).orElseThrow(IllegalArgumentException::new);
    }

    /** The name in the one form that is compared and stored, as {@link #of}; of what somebody from outside wrote. */
    public static Parsed<String> parse(String name) {
        String plain = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        Parsed<String> ascii = isPlain(plain) ? Parsed.valid(Ascii.lowerCase(plain)) : aLabels(plain);
        return ascii instanceof Parsed.Valid<String> valid ? checked(valid.value()) : ascii;
    }

    private static Parsed<String> checked(String ascii) {
        if (ascii.length() > LONGEST) {
            return Parsed.invalid("the domain name is longer than " + LONGEST + " characters");
        }
        return HOST.matcher(ascii).matches()
                ? Parsed.valid(ascii)
                : Parsed.invalid("the part after '@' is not a domain name that mail can have: labels of up to"
                        + " 63 letters, digits and hyphens, at least two, the last one beginning with a letter");
    }

    /** Whether both are the name of one domain; what is no domain name is the name of none. */
    public static boolean same(String one, String other) {
        Optional<String> name = parse(one).toOptional();
        return name.isPresent() && name.equals(parse(other).toOptional());
    }

    /** Whether there is nothing to convert: A-labels are checked, since not everything that begins like one is one. */
    private static boolean isPlain(String name) {
        return Ascii.isAscii(name) && !Ascii.lowerCase(name).contains("xn--");
    }

    private static Parsed<String> aLabels(String name) {
        StringBuilder ascii = new StringBuilder(name.length() + 16);
        IDNA.Info info = new IDNA.Info();
        Uts46.RULES.nameToASCII(name, ascii, info);
        if (info.hasErrors()) {
            return Parsed.invalid("the domain name is not one that IDNA 2008 allows");
        }
        return Parsed.valid(Ascii.lowerCase(ascii.toString()));
    }
}
