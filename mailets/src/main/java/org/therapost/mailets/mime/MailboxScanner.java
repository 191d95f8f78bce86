package org.therapost.mailets.mime;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.addresses.EmailAddress;

/**
 * Finds the mailboxes that an address field names, as programs write them and not only as RFC 5322 section 3.4 wants it: the
 * address again as a name before it, semicolons at the end, brackets that do not close. Parsers differ in what they make of such
 * fields, so none of their readings is taken: whatever stands where an address may stand is found, and the caller can ask whether
 * all of it is one mailbox. Quoted strings and comments name nobody.
 */
final class MailboxScanner {

    private static final String SEPARATORS = " \t\r\n,;:<>";

    private final String text;
    private final List<EmailAddress> found = new ArrayList<>();
    private final StringBuilder word = new StringBuilder();
    private boolean complete = true;
    private int at;

    private MailboxScanner(String text) {
        this.text = text;
    }

    /** The mailboxes in the value of a field, given as its octets. */
    static AddressList scan(byte[] value) {
        MailboxScanner scanner = new MailboxScanner(decode(value));
        scanner.scan();
        return new AddressList(scanner.found, scanner.complete);
    }

    /** UTF-8 (RFC 6532); if it is not, names are in who knows what, and addresses in ASCII. */
    private static String decode(byte[] value) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(value))
                    .toString();
        } catch (CharacterCodingException other) {
            return new String(value, StandardCharsets.ISO_8859_1);
        }
    }

    private void scan() {
        while (at < text.length()) {
            char letter = text.charAt(at);
            if (letter == '"') {
                quoted();
            } else if (letter == '(' && end(at, ')') > 0) {
                endWord();
                at = end(at, ')') + 1;
            } else if (letter == '<') {
                endWord();
                bracket();
            } else if (SEPARATORS.indexOf(letter) >= 0) {
                endWord();
                at++;
            } else {
                word.append(letter);
                at++;
            }
        }
        endWord();
    }

    /** A quoted string is a name, unless an {@code @} follows: then it is a local part. One without an end is no quoted string. */
    private void quoted() {
        int end = end(at, '"');
        if (end < 0) {
            at++;
        } else if (end + 1 < text.length() && text.charAt(end + 1) == '@') {
            word.append(text, at, end + 1);
            at = end + 1;
        } else {
            endWord();
            at = end + 1;
        }
    }

    /** What stands in angle brackets is an address and nothing else. */
    private void bracket() {
        int end = at + 1;
        while (end < text.length() && text.charAt(end) != '>' && text.charAt(end) != '<') {
            int quote = text.charAt(end) == '"' ? end(end, '"') : -1;
            end = quote > 0 ? quote + 1 : end + 1;
        }
        String inside = text.substring(at + 1, end).strip();
        if (inside.isEmpty() && text.startsWith("<", end)) {
            // One bracket too many.
            at = end;
            return;
        }
        // RFC 5322 section 4.4: a route before the address is ignored.
        int route = inside.startsWith("@") ? inside.indexOf(':') : -1;
        add(inside.substring(route + 1));
        at = end < text.length() && text.charAt(end) == '>' ? end + 1 : end;
    }

    /** A word outside of brackets is an address if it looks like one: {@code a@b}. Otherwise it is part of a name. */
    private void endWord() {
        String bare = word.toString();
        word.setLength(0);
        int sign = bare.lastIndexOf('@');
        if (sign > 0 && sign < bare.length() - 1) {
            add(bare);
        }
    }

    private void add(String address) {
        Optional<EmailAddress> read =
                EmailAddress.parse(unquoted(trimmed(address))).toOptional();
        read.ifPresent(found::add);
        complete &= read.isPresent();
    }

    /** Without apostrophes around the whole, which some programs put there, and without what ends a list. */
    private static String trimmed(String address) {
        String bare = address.strip();
        while (bare.endsWith(";") || bare.endsWith(",")) {
            bare = bare.substring(0, bare.length() - 1).strip();
        }
        return bare.length() > 2 && bare.startsWith("'") && bare.endsWith("'")
                ? bare.substring(1, bare.length() - 1)
                : bare;
    }

    /** {@code "alice"@provider.example} is {@code alice@provider.example}: RFC 5322 section 3.2.4. */
    private static String unquoted(String address) {
        int end = address.lastIndexOf("\"@");
        return address.startsWith("\"") && end > 0
                ? address.substring(1, end).replaceAll("\\\\(.)", "$1") + address.substring(end + 1)
                : address;
    }

    /** Where a quoted string or a comment that begins there ends; -1 if it does not. Comments nest, to no great depth. */
    private int end(int begin, char close) {
        int depth = 0;
        for (int i = begin + 1; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\\') {
                i++;
            } else if (letter == close && depth == 0) {
                return i;
            } else if (letter == close) {
                depth--;
            } else if (close == ')' && letter == '(') {
                depth++;
            }
        }
        return -1;
    }
}
