package org.therapost.bench.load;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.Random;

/**
 * Messages of an exact size: the same number gives the same message, no two numbers give the same. The text is cut from
 * one long run of pseudo-random words at a different line each time, which costs the sending side next to nothing.
 */
public final class LoadText {

    /** Room for the longest header section. */
    static final int SMALLEST = 1024;

    private static final int LINE = 78;
    private static final int LINES = 8_192;
    private static final byte[] TEXT = text();

    private LoadText() {}

    /** A whole message, CRLF at the end of each line, no line that begins with a dot. */
    public static byte[] message(LoadTarget loadTarget, String messageId, int number, int size) {
        byte[] header = ("Message-ID: <" + messageId + ">\r\n"
                        + "Date: Mon, 02 Nov 2026 10:00:00 +0000\r\n"
                        + "From: Alice <" + loadTarget.sender() + ">\r\n"
                        + "To: <" + loadTarget.recipient() + ">\r\n"
                        + "Subject: This week, part " + number + "\r\n"
                        + "MIME-Version: 1.0\r\n"
                        + "Content-Type: text/plain; charset=us-ascii\r\n"
                        + "Content-Transfer-Encoding: 7bit\r\n\r\n")
                .getBytes(US_ASCII);
        byte[] message = new byte[size];
        System.arraycopy(header, 0, message, 0, header.length);
        int at = header.length;
        for (int line = Math.floorMod(number * 31, LINES); size - at >= LINE + 2; line = (line + 1) % LINES) {
            System.arraycopy(TEXT, line * LINE, message, at, LINE);
            at += LINE;
        }
        Arrays.fill(message, at, size - 2, (byte) '-');
        message[size - 2] = '\r';
        message[size - 1] = '\n';
        return message;
    }

    private static byte[] text() {
        Random random = new Random(1971);
        byte[] text = new byte[LINES * LINE];
        for (int line = 0; line < LINES; line++) {
            int end = line * LINE + LINE - 2;
            for (int at = line * LINE; at < end; at++) {
                boolean space = at > line * LINE && random.nextInt(6) == 0;
                text[at] = space ? (byte) ' ' : (byte) ('a' + random.nextInt(26));
            }
            text[end] = '\r';
            text[end + 1] = '\n';
        }
        return text;
    }
}
