package org.therapost.domain.mime;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * A header section as it is: its fields in order, none decoded. Text made of it has one character for each octet (ISO 8859-1), so that
 * no octet is lost, whatever it means.
 */
public final class MimeHeader {

    private final byte[] octets;
    private final List<Field> fields;
    private final int end;

    /**
     * One field with its folded lines.
     *
     * @param name in lower case
     * @param from first octet in the section
     * @param value first octet after the colon
     * @param to the octet after the last line's end
     */
    private record Field(String name, int from, int value, int to) {}

    private MimeHeader(byte[] octets, List<Field> fields, int end) {
        this.octets = octets;
        this.fields = fields;
        this.end = end;
    }

    /** Reads a header section; the array must not be changed any more. */
    public static MimeHeader of(byte[] octets) {
        List<Field> fields = new ArrayList<>();
        int at = 0;
        while (at < octets.length) {
            int next = endOfLine(octets, at);
            if (isEmpty(octets, at, next)) {
                break;
            }
            // RFC 5322 section 2.2.3: a line that begins with white space goes on with the field above.
            while (next < octets.length && isBlank(octets[next]) && !isEmpty(octets, next, endOfLine(octets, next))) {
                next = endOfLine(octets, next);
            }
            int colon = colon(octets, at, next);
            if (colon >= 0) {
                fields.add(new Field(name(octets, at, colon), at, colon + 1, next));
            }
            at = next;
        }
        return new MimeHeader(octets, List.copyOf(fields), at);
    }

    /** The section itself, with the empty line that ends it if there is one. */
    public byte[] octets() {
        return octets;
    }

    /** The value of the first field of this name, unfolded, without the white space around it; empty if there is none. */
    public Optional<String> first(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return fields.stream()
                .filter(field -> field.name().equals(wanted))
                .findFirst()
                .map(this::unfolded);
    }

    /** The octets of all fields of this name, after the colon, with the ends of their lines. */
    public List<byte[]> values(String name) {
        String wanted = name.toLowerCase(Locale.ROOT);
        return fields.stream()
                .filter(field -> field.name().equals(wanted))
                .map(field -> Arrays.copyOfRange(octets, field.value(), field.to()))
                .toList();
    }

    /** The fields of these names as they are, with the empty line if the section has one (RFC 3501 section 6.4.5). */
    public byte[] only(Collection<String> names) {
        Set<String> wanted = inLowerCase(names);
        return subset(field -> wanted.contains(field.name()));
    }

    /** All fields but those of these names, in the same form. */
    public byte[] without(Collection<String> names) {
        Set<String> unwanted = inLowerCase(names);
        return subset(field -> !unwanted.contains(field.name()));
    }

    private static Set<String> inLowerCase(Collection<String> names) {
        return names.stream().map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    private byte[] subset(Predicate<Field> wanted) {
        List<Field> kept = fields.stream().filter(wanted).toList();
        int size = kept.stream().mapToInt(field -> field.to() - field.from()).sum();
        byte[] subset = new byte[size + octets.length - end];
        int at = 0;
        for (Field field : kept) {
            int length = field.to() - field.from();
            System.arraycopy(octets, field.from(), subset, at, length);
            at += length;
        }
        System.arraycopy(octets, end, subset, at, octets.length - end);
        return subset;
    }

    /** The names of all fields, in lower case and in order. */
    public List<String> names() {
        return Collections.unmodifiableList(fields.stream().map(Field::name).toList());
    }

    private String unfolded(Field field) {
        StringBuilder value = new StringBuilder(field.to() - field.value());
        boolean folded = false;
        for (int i = field.value(); i < field.to(); i++) {
            char octet = (char) (octets[i] & 0xFF);
            if (octet == '\r' || octet == '\n') {
                folded = true;
            } else if (!folded || !isBlank(octets[i])) {
                // Programs fold with tabs, and mean a space.
                if (folded) {
                    value.append(' ');
                    folded = false;
                }
                value.append(octet);
            }
        }
        return strip(value);
    }

    private static String strip(StringBuilder text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank((byte) text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank((byte) text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private static int colon(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] == ':') {
                return i;
            }
            if (octets[i] == '\n') {
                return -1;
            }
        }
        return -1;
    }

    private static String name(byte[] octets, int from, int colon) {
        return new String(octets, from, colon - from, StandardCharsets.ISO_8859_1)
                .stripTrailing()
                .toLowerCase(Locale.ROOT);
    }

    private static int endOfLine(byte[] octets, int from) {
        for (int i = from; i < octets.length; i++) {
            if (octets[i] == '\n') {
                return i + 1;
            }
        }
        return octets.length;
    }

    private static boolean isEmpty(byte[] octets, int from, int to) {
        for (int i = from; i < to; i++) {
            if (octets[i] != '\r' && octets[i] != '\n') {
                return false;
            }
        }
        return true;
    }

    private static boolean isBlank(byte octet) {
        return octet == ' ' || octet == '\t';
    }
}
