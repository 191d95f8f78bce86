package org.therapost.domain.mime;

import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code address-list} (RFC 5322 section 3.4 with the obsolete forms of 4.4), whatever octets it is made of: a name need not be ASCII,
 * and what is broken costs one address, not the field. Nothing is decoded.
 */
public final class AddressListParser {

    /** More are not told: what wrote them was no person, and each costs five lines of answer. */
    private static final int MOST = 10_000;

    private final String text;
    private final List<EnvelopeAddress> addresses = new ArrayList<>();
    private boolean inGroup;
    private int at;

    private AddressListParser(String text) {
        this.text = text;
    }

    /** @param text the field's value, unfolded; each octet one character */
    public static List<EnvelopeAddress> of(String text) {
        return new AddressListParser(text).read();
    }

    private List<EnvelopeAddress> read() {
        while (at < text.length() && addresses.size() < MOST) {
            char next = text.charAt(at);
            if (next == ';' && inGroup) {
                inGroup = false;
                addresses.add(EnvelopeAddress.endOfGroup());
                at++;
            } else if (next == ',' || next == ';' || isBlank(next)) {
                at++;
            } else {
                one();
            }
        }
        if (inGroup) {
            addresses.add(EnvelopeAddress.endOfGroup());
        }
        return addresses;
    }

    /** A mailbox up to its comma, or the name of a group up to its colon. */
    private void one() {
        Phrase phrase = new Phrase();
        phrase.read(":<,;@");
        char delimiter = at < text.length() ? text.charAt(at) : ',';
        switch (delimiter) {
            case ':' -> {
                at++;
                if (inGroup) {
                    addresses.add(EnvelopeAddress.endOfGroup());
                }
                inGroup = true;
                addresses.add(EnvelopeAddress.beginOfGroup(phrase.text()));
            }
            case '<' -> inAngles(phrase);
            case '@' -> bare(phrase);
            default -> {
                if (!phrase.isEmpty()) {
                    // No address at all: a name, or a mailbox of nobody's domain.
                    add(phrase.comment(), "", phrase.unspaced(), "");
                }
            }
        }
    }

    private void inAngles(Phrase name) {
        at++;
        String route = "";
        Phrase mailbox = new Phrase();
        skipBlank();
        if (at < text.length() && text.charAt(at) == '@') {
            // RFC 5322 section 4.4: obs-route
            Phrase hosts = new Phrase();
            hosts.read(":>");
            if (at < text.length() && text.charAt(at) == ':') {
                at++;
                route = hosts.unspaced();
            }
        }
        mailbox.read("@>");
        String host = "";
        if (at < text.length() && text.charAt(at) == '@') {
            at++;
            Phrase domain = new Phrase();
            domain.read(">");
            host = domain.unspaced();
        }
        if (at < text.length()) {
            at++;
        }
        // What comes before the next comma belongs to this one: comments mostly.
        Phrase behind = new Phrase();
        behind.read(",;");
        String shown = name.isEmpty() ? first(name.comment(), behind.comment()) : name.text();
        add(shown, route, mailbox.unspaced(), host);
    }

    private void bare(Phrase mailbox) {
        at++;
        Phrase domain = new Phrase();
        domain.read(",;");
        add(first(domain.comment(), mailbox.comment()), "", mailbox.unspaced(), domain.unspaced());
    }

    private void add(String name, String route, String mailbox, String host) {
        addresses.add(EnvelopeAddress.of(name, route, mailbox, host));
    }

    private static String first(String one, String other) {
        return one.isEmpty() ? other : one;
    }

    private void skipBlank() {
        while (at < text.length() && isBlank(text.charAt(at))) {
            at++;
        }
    }

    private static boolean isBlank(char octet) {
        return octet == ' ' || octet == '\t';
    }

    /** Words up to a delimiter: atoms and quoted strings without their quotes; the comments among them. */
    private final class Phrase {

        private final List<String> words = new ArrayList<>();
        private final StringBuilder word = new StringBuilder();
        private final StringBuilder comments = new StringBuilder();
        private boolean begun;

        void read(String delimiters) {
            while (at < text.length() && delimiters.indexOf(text.charAt(at)) < 0) {
                char octet = text.charAt(at);
                if (isBlank(octet)) {
                    at++;
                    endWord();
                } else if (octet == '(') {
                    takeComment();
                    endWord();
                } else {
                    begun = true;
                    if (octet == '"') {
                        quoted();
                    } else if (octet == '[') {
                        literal();
                    } else {
                        word.append(octet);
                        at++;
                    }
                }
            }
            endWord();
        }

        boolean isEmpty() {
            return words.isEmpty();
        }

        String text() {
            return String.join(" ", words);
        }

        /** White space around the dots of an address is obsolete, and means nothing. */
        String unspaced() {
            return String.join("", words);
        }

        String comment() {
            return comments.toString();
        }

        private void endWord() {
            if (begun) {
                words.add(word.toString());
                word.setLength(0);
                begun = false;
            }
        }

        private void quoted() {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                word.append(text.charAt(at++));
            }
            at++;
        }

        private void literal() {
            int end = text.indexOf(']', at);
            int after = end < 0 ? text.length() : end + 1;
            word.append(text, at, after);
            at = after;
        }

        private void takeComment() {
            if (!comments.isEmpty()) {
                comments.append(' ');
            }
            int depth = 1;
            at++;
            while (at < text.length()) {
                char octet = text.charAt(at++);
                depth += octet == '(' ? 1 : octet == ')' ? -1 : 0;
                if (depth == 0) {
                    return;
                }
                if (octet == '\\' && at < text.length()) {
                    octet = text.charAt(at++);
                }
                comments.append(octet);
            }
        }
    }
}
