package org.therapost.domain.mime;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A field with parameters (RFC 2045 section 5.1), such as {@code Content-Type}; as it stands in the header, without comments, each octet one
 * character.
 *
 * @param value before the first semicolon
 * @param parameters by their names in lower case, in order; of two with one name the first
 */
public record MimeField(String value, Map<String, String> parameters) {

    /** Reads whatever it is as well as it can be. */
    public static MimeField of(String text) {
        Reader reader = new Reader(text);
        String value = reader.upTo(";");
        Map<String, String> parameters = new LinkedHashMap<>();
        while (reader.take(';')) {
            String name = reader.upTo("=;").toLowerCase(Locale.ROOT);
            String given = reader.take('=') ? reader.upTo(";") : "";
            if (!name.isEmpty()) {
                parameters.putIfAbsent(name, given);
            }
        }
        return new MimeField(value, parameters);
    }

    /** Octets with no comment around them, quotes taken off, runs of white space as one space. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        boolean take(char delimiter) {
            boolean there = at < text.length() && text.charAt(at) == delimiter;
            if (there) {
                at++;
            }
            return there;
        }

        String upTo(String delimiters) {
            StringBuilder read = new StringBuilder();
            boolean blank = false;
            while (at < text.length() && delimiters.indexOf(text.charAt(at)) < 0) {
                char octet = text.charAt(at);
                if (octet == ' ' || octet == '\t') {
                    blank = true;
                    at++;
                } else if (octet == '(') {
                    skipComment();
                    blank = true;
                } else {
                    if (blank && !read.isEmpty()) {
                        read.append(' ');
                    }
                    blank = false;
                    if (octet == '"') {
                        quoted(read);
                    } else {
                        read.append(octet);
                        at++;
                    }
                }
            }
            return read.toString();
        }

        private void quoted(StringBuilder read) {
            at++;
            while (at < text.length() && text.charAt(at) != '"') {
                if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                    at++;
                }
                read.append(text.charAt(at++));
            }
            at++;
        }

        private void skipComment() {
            int depth = 0;
            do {
                char octet = text.charAt(at++);
                if (octet == '(') {
                    depth++;
                } else if (octet == ')') {
                    depth--;
                } else if (octet == '\\') {
                    at++;
                }
            } while (depth > 0 && at < text.length());
        }
    }
}
