package org.therapost.domain.addresses;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Addresses beyond ASCII in the hands of a library whose own addresses are ASCII: the local part in hexadecimal digits behind a
 * mark. It never leaves the process, and is no address that mail could be sent to by mistake.
 */
public final class AsciiForm {

    private static final String MARK = "=?utf-8?x?";
    private static final String END = "?=";

    private AsciiForm() {}

    /** The form of an address; one of plain ASCII is its own. */
    public static String of(String address) {
        int at = address.lastIndexOf('@');
        String local = address.substring(0, Math.max(at, 0));
        return Ascii.isAscii(local)
                ? address
                : MARK + HexFormat.of().formatHex(local.getBytes(StandardCharsets.UTF_8)) + END + address.substring(at);
    }

    /** The address whose form this is. */
    public static String read(String form) {
        int at = form.lastIndexOf(END + "@");
        if (!form.startsWith(MARK) || at < 0) {
            return form;
        }
        try {
            ByteBuffer octets = ByteBuffer.wrap(HexFormat.of().parseHex(form.substring(MARK.length(), at)));
            return StandardCharsets.UTF_8.newDecoder().decode(octets) + form.substring(at + END.length());
        } catch (IllegalArgumentException | CharacterCodingException no) {
            return form;
        }
    }
}
