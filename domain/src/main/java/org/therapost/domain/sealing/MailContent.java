package org.therapost.domain.sealing;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A whole message as it travelled (RFC 5322), octet for octet: the plaintext. It lives in memory only, and
 * {@link #toString()} shows its length and nothing else.
 */
public final class MailContent {

    private static final String MESSAGE_ID = "Message-ID:";

    private final byte[] octets;
    private final int headerSize;

    private MailContent(byte[] octets) {
        this.octets = octets;
        this.headerSize = endOfHeader(octets);
    }

    /** Takes over the array, which must not be changed any more. */
    public static MailContent of(byte[] octets) {
        return new MailContent(octets);
    }

    /** The octets themselves, not a copy: a message can have 36 MB. */
    public byte[] octets() {
        return octets;
    }

    /** The header section with the empty line that ends it. */
    public byte[] header() {
        return Arrays.copyOf(octets, headerSize);
    }

    /** The {@code Message-ID} of what was composed here, whose lines may be folded. */
    public Optional<String> messageId() {
        return new String(header(), StandardCharsets.ISO_8859_1)
                .replaceAll("\\r?\\n(?=[ \\t])", "")
                .lines()
                .filter(line -> line.regionMatches(true, 0, MESSAGE_ID, 0, MESSAGE_ID.length()))
                .map(line -> line.substring(MESSAGE_ID.length()).strip())
                .findFirst();
    }

    /** Octets of the header section with the empty line that ends it; all octets if there is no empty line. */
    public int headerSize() {
        return headerSize;
    }

    /** Octets in all. */
    public int size() {
        return octets.length;
    }

    public InputStream stream() {
        return new ByteArrayInputStream(octets);
    }

    private static int endOfHeader(byte[] octets) {
        boolean emptyLine = true;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\n') {
                if (emptyLine) {
                    return i + 1;
                }
                emptyLine = true;
            } else if (octets[i] != '\r') {
                emptyLine = false;
            }
        }
        return octets.length;
    }

    @Override
    public String toString() {
        return "MailContent[" + octets.length + " octets]";
    }
}
