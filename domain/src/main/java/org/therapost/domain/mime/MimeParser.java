package org.therapost.domain.mime;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Finds the parts of a message (RFC 2046 section 5.1.1) in one pass over its octets. Nothing recurses. Whatever comes is some
 * message: a part without an end ends with what it is in.
 */
public final class MimeParser {

    /** Octets of a line that can be a boundary; RFC 2046 section 5.1.1 allows 74. */
    private static final int LONGEST_BOUNDARY = 1 << 16;

    /** Parts inside one another; what is deeper is not looked into, because whoever reads the structure may recurse. */
    private static final int DEEPEST = 100;

    private static final int CHUNK = 1 << 16;

    /** A part whose end was not yet seen. */
    private static final class Open {
        final MimePart part;
        final boolean digest;
        final long linesBefore;
        final @Nullable String boundary;
        boolean closed;

        boolean isDelimiter(String rest) {
            return boundary != null
                    && !closed
                    && rest.startsWith(boundary)
                    && (rest.length() == boundary.length() || rest.equals(boundary + "--"));
        }

        Open(MimePart part, long linesBefore, boolean multipart) {
            this.part = part;
            this.linesBefore = linesBefore;
            this.digest = multipart && part.isDigest();
            this.boundary = multipart ? part.boundary() : null;
        }
    }

    private final InputStream octets;
    private final byte[] chunk = new byte[CHUNK];
    private final Line line = new Line();
    private final Deque<Open> open = new ArrayDeque<>();
    private @Nullable ByteArrayOutputStream header = new ByteArrayOutputStream();
    private @Nullable MimePart message;
    private int chunkAt;
    private int chunkEnd;
    private long headerStart;
    private long lineStart;
    private long at;
    private long lines;
    private int endOfLine;
    private int endOfLineBefore;
    private byte lastOfChunkBefore;

    private MimeParser(InputStream octets) {
        this.octets = octets;
    }

    /** Reads a message to its end. */
    public static MimePart read(InputStream message) throws IOException {
        return new MimeParser(message).read();
    }

    private MimePart read() throws IOException {
        while (nextLine()) {
            Open multipart = boundary();
            if (multipart != null) {
                delimiter(multipart);
            } else if (header != null) {
                line.writeTo(header);
                if (line.isEmpty()) {
                    endHeader(at);
                }
            }
        }
        endHeaders(at);
        while (!open.isEmpty()) {
            end(open.pop(), at, lines);
        }
        if (message == null) {
            throw new IllegalStateException("every message has a header section, if only an empty one");
        }
        return message;
    }

    /** Whether there was one; of a long line of a body only the beginning is kept. */
    private boolean nextLine() throws IOException {
        line.reset();
        lineStart = at;
        endOfLineBefore = endOfLine;
        endOfLine = 0;
        while (endOfLine == 0 && fill()) {
            int from = chunkAt;
            while (chunkAt < chunkEnd && endOfLine == 0) {
                if (chunk[chunkAt] == '\n') {
                    int before = chunkAt > 0 ? chunk[chunkAt - 1] : lastOfChunkBefore;
                    endOfLine = before == '\r' && at + chunkAt - from > lineStart ? 2 : 1;
                }
                chunkAt++;
            }
            int read = chunkAt - from;
            at += read;
            line.write(chunk, from, header != null ? read : Math.min(read, LONGEST_BOUNDARY - line.size()));
        }
        if (endOfLine > 0) {
            lines++;
        }
        return at > lineStart;
    }

    private boolean fill() throws IOException {
        if (chunkAt < chunkEnd) {
            return true;
        }
        lastOfChunkBefore = chunkEnd > 0 ? chunk[chunkEnd - 1] : 0;
        chunkEnd = Math.max(0, octets.read(chunk));
        chunkAt = 0;
        return chunkEnd > 0;
    }

    /** The innermost multipart to which the line is a delimiter. */
    private @Nullable Open boundary() {
        if (!line.mayBeDelimiter()) {
            return null;
        }
        String rest = line.text().substring(2);
        for (Open part : open) {
            if (part.isDelimiter(rest)) {
                return part;
            }
        }
        return null;
    }

    private void delimiter(Open multipart) {
        endHeaders(lineStart);
        while (open.peek() != multipart) {
            Open ended = open.pop();
            // The end of line before a delimiter belongs to it.
            boolean empty = ended.part.body() >= lineStart;
            end(ended, lineStart - (empty ? 0 : endOfLineBefore), linesBefore(lineStart) - (empty ? 0 : 1));
        }
        multipart.closed = line.text().equals("--" + multipart.boundary + "--");
        if (!multipart.closed) {
            header = new ByteArrayOutputStream();
            headerStart = at;
        }
    }

    /** Ends the header section that is read now, and that of a message for which nothing is left. */
    private void endHeaders(long bodyStart) {
        while (header != null) {
            endHeader(bodyStart);
        }
    }

    private void endHeader(long bodyStart) {
        MimeHeader read = MimeHeader.of(header == null ? new byte[0] : header.toByteArray());
        Open above = open.peek();
        MimePart part = new MimePart(
                headerStart, bodyStart, read, above != null && above.digest ? MimePart.MESSAGE : MimePart.PLAIN_TEXT);
        if (above == null) {
            message = part;
        } else if (above.boundary != null) {
            above.part.add(part);
        } else {
            above.part.embeds(part);
        }
        boolean opened = open.size() < DEEPEST;
        open.push(new Open(part, linesBefore(bodyStart), opened && part.announcesParts()));
        header = opened && part.announcesMessage() ? new ByteArrayOutputStream() : null;
        headerStart = bodyStart;
    }

    /** Line ends before the line that is read now, or before the next. */
    private long linesBefore(long offset) {
        return offset == at || endOfLine == 0 ? lines : lines - 1;
    }

    private static void end(Open ended, long at, long lines) {
        ended.part.end(at, Math.max(0, lines - ended.linesBefore));
    }

    private static final class Line extends ByteArrayOutputStream {

        Line() {
            super(1024);
        }

        boolean isEmpty() {
            for (int i = 0; i < count; i++) {
                if (buf[i] != '\r' && buf[i] != '\n') {
                    return false;
                }
            }
            return count > 0 && buf[count - 1] == '\n';
        }

        boolean mayBeDelimiter() {
            return count > 2 && buf[0] == '-' && buf[1] == '-';
        }

        /** Without the white space at its end. */
        String text() {
            return new String(buf, 0, count, StandardCharsets.ISO_8859_1).stripTrailing();
        }
    }
}
