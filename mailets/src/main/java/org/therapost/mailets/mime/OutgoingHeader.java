package org.therapost.mailets.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The header section of a message that we write: fields in order, each as it will travel. */
final class OutgoingHeader {

    private static final byte[] CRLF = {'\r', '\n'};

    private record Line(String name, byte[] octets) {}

    private final List<Line> lines = new ArrayList<>();

    /** Adds a field of our own making. */
    OutgoingHeader add(String name, String value) {
        lines.add(new Line(name, (name + ": " + value).getBytes(StandardCharsets.UTF_8)));
        return this;
    }

    /** Adds a field as it came, folding included. */
    OutgoingHeader addAsIs(String name, byte[] field) {
        lines.add(new Line(name, field));
        return this;
    }

    /** Adds all fields of another header section. */
    OutgoingHeader addAll(OutgoingHeader other) {
        lines.addAll(other.lines);
        return this;
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
    byte[] with(byte[] body) {
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
