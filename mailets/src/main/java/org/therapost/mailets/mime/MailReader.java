package org.therapost.mailets.mime;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RawField;
import org.apache.james.mime4j.stream.RawFieldParser;
import org.apache.james.mime4j.stream.RecursionMode;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.MailContent;

/**
 * Reads messages from outside, within limits that hold before anything recursive ever sees them: IMAP's body structures
 * and the mail programs behind it parse what we file. Merely broken mail is read as well as it can be.
 *
 * <p>Everything here is one pass over the octets with a pull parser; nothing recurses, nothing is decoded or copied.
 */
public final class MailReader {

    /** Octets of a header section. */
    static final int HEADER_SIZE = 256 * 1024;

    /** Octets of one header line; RFC 5322 section 2.1.1 says 998, long {@code References} lines say otherwise. */
    static final int LINE_LENGTH = 64 * 1024;

    /** Header fields of one entity. */
    static final int FIELDS = 1000;

    /** Header fields of all entities together. */
    static final int FIELDS_IN_ALL = 10_000;

    /** Multiparts and messages inside one another. */
    static final int DEPTH = 50;

    /** Entities in all. */
    static final int PARTS = 1000;

    /** RFC 5321 section 6.3: a hundred would be the least to allow for; no honest way is half as long. */
    static final int RECEIVED = 50;

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxHeaderCount(FIELDS)
            .setMaxHeaderLen(HEADER_SIZE)
            .setMaxLineLen(LINE_LENGTH)
            .setMaxContentLen(-1)
            .setStrictParsing(false)
            .build();

    /** How much of a message is looked at. */
    private enum Extent {
        HEADER,
        STRUCTURE
    }

    /**
     * Reads the header section and checks the structure of the whole message.
     *
     * @throws RefusedException {@link Refusal#MALFORMED} beyond the limits, {@link Refusal#LOOPING} if it has passed too
     *     many servers
     */
    public MailHeader read(MailContent content) throws RefusedException {
        return scan(content, Extent.STRUCTURE);
    }

    /**
     * Reads the header section only.
     *
     * @throws RefusedException as {@link #read} does for the header section
     */
    public MailHeader header(MailContent content) throws RefusedException {
        return scan(content, Extent.HEADER);
    }

    /**
     * Checks a message that a mail program stores.
     *
     * @throws RefusedException as {@link #read} does
     */
    public void check(InputStream octets) throws RefusedException {
        scan(octets, Extent.STRUCTURE);
    }

    private static MailHeader scan(MailContent content, Extent extent) throws RefusedException {
        if (content.headerSize() > HEADER_SIZE) {
            throw new RefusedException(Refusal.MALFORMED);
        }
        return scan(content.stream(), extent);
    }

    private static MailHeader scan(InputStream octets, Extent extent) throws RefusedException {
        try {
            MimeTokenStream tokens = new MimeTokenStream(LIMITS);
            tokens.setRecursionMode(RecursionMode.M_RECURSE);
            tokens.parse(octets);
            MailHeader header = topHeader(tokens);
            if (extent == Extent.STRUCTURE && hasParts(tokens)) {
                checkStructure(tokens, header.fields().size());
            }
            return header;
        } catch (MimeException | IOException broken) {
            throw new RefusedException(Refusal.MALFORMED);
        }
    }

    private static MailHeader topHeader(MimeTokenStream tokens) throws MimeException, IOException, RefusedException {
        List<RawField> fields = new ArrayList<>();
        int received = 0;
        int size = 0;
        for (EntityState state = tokens.getState();
                state != EntityState.T_END_HEADER && state != EntityState.T_END_OF_STREAM;
                state = tokens.next()) {
            if (state == EntityState.T_FIELD) {
                RawField field = raw(tokens.getField());
                fields.add(field);
                size += field.getRaw().length();
                if (size > HEADER_SIZE) {
                    throw new RefusedException(Refusal.MALFORMED);
                }
                if (field.getName().equalsIgnoreCase("Received") && ++received > RECEIVED) {
                    throw new RefusedException(Refusal.LOOPING);
                }
            }
        }
        return new MailHeader(fields);
    }

    private static RawField raw(Field field) throws MimeException {
        return field instanceof RawField raw ? raw : RawFieldParser.DEFAULT.parseField(field.getRaw());
    }

    /** Whether there is any structure to check: most mail is one text and its body need not be looked at. */
    private static boolean hasParts(MimeTokenStream tokens) throws MimeException, IOException {
        if (tokens.getState() != EntityState.T_END_HEADER) {
            return false;
        }
        EntityState body = tokens.next();
        return body == EntityState.T_START_MULTIPART || body == EntityState.T_START_MESSAGE;
    }

    private static void checkStructure(MimeTokenStream tokens, int topFields)
            throws MimeException, IOException, RefusedException {
        int depth = 0;
        int parts = 0;
        int fields = topFields;
        for (EntityState state = tokens.getState(); state != EntityState.T_END_OF_STREAM; state = tokens.next()) {
            switch (state) {
                case T_START_MULTIPART, T_START_MESSAGE -> depth++;
                case T_END_MULTIPART, T_END_MESSAGE -> depth--;
                case T_START_BODYPART -> parts++;
                case T_FIELD -> fields++;
                default -> {
                    // Bodies, preambles and epilogues are skipped unread.
                }
            }
            if (depth > DEPTH || parts > PARTS || fields > FIELDS_IN_ALL) {
                throw new RefusedException(Refusal.MALFORMED);
            }
        }
    }
}
