package org.therapost.openpgp.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.bouncycastle.bcpg.ArmoredOutputStream;
import org.bouncycastle.bcpg.CRC24;
import org.bouncycastle.bcpg.FastCRC24;

/**
 * ASCII armor (RFC 9580 section 6). Messages use the JDK's Base64, several times faster than Bouncy Castle's at the size
 * of an attachment; their size is known without making them. Lines end with CRLF, there are no armor headers, and the
 * checksum is written because programs before RFC 9580 look for it.
 */
public final class Armor {

    private static final int LINE = 64;
    private static final String CRLF = "\r\n";
    private static final byte[] BEGIN = ascii("-----BEGIN PGP MESSAGE-----" + CRLF + CRLF);
    private static final byte[] END = ascii("-----END PGP MESSAGE-----" + CRLF);
    private static final int CHECKSUM = 1 + 4 + 2;
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(LINE, ascii(CRLF));

    private Armor() {}

    /** Octets that {@link #message} makes of so many binary octets. */
    public static long sizeOfMessage(long binary) {
        long characters = (binary + 2) / 3 * 4;
        long lines = (characters + LINE - 1) / LINE;
        return BEGIN.length + characters + lines * CRLF.length() + CHECKSUM + END.length;
    }

    /** A message, which is not empty. */
    public static byte[] message(byte[] binary) {
        byte[] base64 = LINES.encode(binary);
        byte[] armored = new byte[BEGIN.length + base64.length + CRLF.length() + CHECKSUM + END.length];
        int at = append(BEGIN, armored, 0);
        at = append(base64, armored, at);
        at = append(ascii(CRLF + "=" + checksum(binary) + CRLF), armored, at);
        append(END, armored, at);
        return armored;
    }

    /** A certificate or secret key: small, so Bouncy Castle, which knows the label of each. */
    public static String key(byte[] binary) throws IOException {
        ByteArrayOutputStream armored = new ByteArrayOutputStream();
        try (OutputStream armor =
                ArmoredOutputStream.builder().clearHeaders().enableCRC(true).build(armored)) {
            armor.write(binary);
        }
        return armored.toString(StandardCharsets.US_ASCII);
    }

    private static String checksum(byte[] binary) {
        CRC24 crc = new FastCRC24();
        int at = 0;
        for (; at + 3 <= binary.length; at += 3) {
            crc.update3(binary, at);
        }
        for (; at < binary.length; at++) {
            crc.update(binary[at]);
        }
        int value = crc.getValue();
        return Base64.getEncoder().encodeToString(new byte[] {(byte) (value >> 16), (byte) (value >> 8), (byte) value});
    }

    private static int append(byte[] part, byte[] whole, int at) {
        System.arraycopy(part, 0, whole, at, part.length);
        return at + part.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
