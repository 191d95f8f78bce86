package org.therapost.mailets.mime;

import java.io.ByteArrayOutputStream;
import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import javax.mail.internet.MimeUtility;

/** The header section of a message that we write: fields in order, each as it will travel. */
public final class OutgoingHeader {

    private static final byte[] CRLF = {'\r', '\n'};

    private static final String OUTER = "HP-Outer";

    private static final String FINAL = "; \t\r\n";

    private record Line(String name, byte[] octets) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds a field of our own making. */
    public OutgoingHeader add(String name, String value) {
        lines.add(new Line(name, (name + ": " + value).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Adds a field of plain words, encoded where they need it (RFC 2047); control characters become spaces. */
    public OutgoingHeader addWords(String name, String words) {
        String oneLine = words.replaceAll("\\p{Cntrl}+", " ").strip();
        try {
            return add(name, MimeUtility.fold(name.length() + 2, MimeUtility.encodeText(oneLine, "UTF-8", "B")));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("UTF-8 is part of every JDK", impossible);
        }
    }

    /** Adds a field of message identifiers, one a line; none if there are none. */
    public OutgoingHeader addIds(String name, List<String> ids) {
        return ids.isEmpty() ? this : add(name, String.join("\r\n ", ids));
    }

    /** Adds a field as it came, folding included. */
    OutgoingHeader addAsIs(String name, byte[] field) {
        lines.add(new Line(name, field));
        return this;
    }

    /** Adds all fields of another header section. */
    public OutgoingHeader addAll(OutgoingHeader other) {
        lines.addAll(other.lines);
        return this;
    }

    /**
     * The same fields with one more parameter for the {@code Content-Type}.
     *
     * @param otherwise the type, if there is no such field
     */
    OutgoingHeader withTypeParameter(String parameter, String otherwise) {
        byte[] added = (";\r\n " + parameter).getBytes(StandardCharsets.US_ASCII);
        OutgoingHeader fields = new OutgoingHeader();
        boolean typed = false;
        for (Line line : lines) {
            boolean type = line.name().equalsIgnoreCase("Content-Type");
            fields.addAsIs(line.name(), type ? join(withoutFinalSemicolon(line.octets()), added) : line.octets());
            typed |= type;
        }
        return typed ? fields : fields.add("Content-Type", otherwise + ";\r\n " + parameter);
    }

    /**
     * What a protected header section says of the outer one (RFC 9788 section 2.2): one {@code HP-Outer} field for each field of it
     * that does not describe the body's structure.
     */
    OutgoingHeader asSeenOutside() {
        OutgoingHeader fields = new OutgoingHeader();
        for (Line line : lines) {
            String name = line.name().toLowerCase(Locale.ROOT);
            if (!name.startsWith("content-") && !name.equals("mime-version")) {
                fields.addAsIs(OUTER, join((OUTER + ": ").getBytes(StandardCharsets.US_ASCII), line.octets()));
            }
        }
        return fields;
    }

    private static byte[] withoutFinalSemicolon(byte[] field) {
        int end = field.length;
        while (end > 0 && FINAL.indexOf(field[end - 1]) >= 0) {
            end--;
        }
        return Arrays.copyOf(field, end);
    }

    /** All fields as text; those that are not ASCII are left out. */
    List<String> ascii() {
        return lines.stream()
                .filter(line -> isAscii(line.octets()))
                .map(line -> new String(line.octets(), StandardCharsets.US_ASCII))
                .toList();
    }

    /** Fields of one name, as text; those that are not ASCII are left out. */
    List<String> ascii(String name) {
        return lines.stream()
                .filter(line -> line.name().equalsIgnoreCase(name) && isAscii(line.octets()))
                .map(line -> new String(line.octets(), StandardCharsets.US_ASCII))
                .toList();
    }

    /** Lower-case names of the fields that are ASCII, in order and with repetitions. */
    List<String> asciiNames() {
        return lines.stream()
                .filter(line -> isAscii(line.octets()))
                .map(line -> line.name().toLowerCase(Locale.ROOT))
                .toList();
    }

    /** The fields, each with its CRLF. */
    byte[] octets() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Line line : lines) {
            out.writeBytes(line.octets());
            out.writeBytes(CRLF);
        }
        return out.toByteArray();
    }

    /** The fields, the empty line and a body. */
    public byte[] with(byte[] body) {
        return join(octets(), CRLF, body);
    }

    static byte[] join(byte[]... parts) {
        int size = 0;
        for (byte[] part : parts) {
            size += part.length;
        }
        byte[] joined = new byte[size];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, joined, at, part.length);
            at += part.length;
        }
        return joined;
    }

    static boolean isAscii(byte[] octets) {
        for (byte octet : octets) {
            if (octet < 0) {
                return false;
            }
        }
        return true;
    }
}
