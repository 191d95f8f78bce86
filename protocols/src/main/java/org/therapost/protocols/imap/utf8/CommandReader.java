package org.therapost.protocols.imap.utf8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.apache.commons.lang3.tuple.ImmutablePair;
import org.apache.james.imap.api.display.HumanReadableText;
import org.apache.james.imap.api.display.ModifiedUtf7;
import org.apache.james.imap.decode.DecodingException;
import org.apache.james.imap.decode.ImapRequestLineReader;
import org.apache.james.imap.message.BytesBackedLiteral;
import org.apache.james.imap.message.Literal;
import org.jspecify.annotations.Nullable;

/**
 * One command that was gathered whole. A string may be UTF-8, quoted or as a literal, from every program (RFC 6855 section 3: where the
 * server offers it); other octets above ASCII are bad. A folder's name is in modified UTF-7, or in UTF-8 from a program that has enabled it;
 * it is read in Unicode's composed form (RFC 5198 section 2), so that one name has one spelling.
 */
public final class CommandReader extends ImapRequestLineReader {

    /** {@code search-program} of RFC 4466 that begins with a charset. */
    private static final Pattern CHARSET =
            Pattern.compile(" *(RETURN *\\([^)]*\\) *)?CHARSET .*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private static final int BEGINNING = 500;

    private final byte[] octets;
    private final boolean utf8;
    private int at;

    /** @param utf8 whether the program has enabled UTF8=ACCEPT */
    public CommandReader(byte[] octets, boolean utf8) {
        this.octets = octets;
        this.utf8 = utf8;
    }

    /** Ends the reading of a command within James's parser. */
    public static final class RefusedCommandException extends RuntimeException {

        private final String answer;

        RefusedCommandException(String answer) {
            this.answer = answer;
        }

        /** What follows the tag. */
        public String answer() {
            return answer;
        }

        static RefusedCommandException incomplete() {
            return new RefusedCommandException("BAD the command is incomplete");
        }

        /** It can name no folder that there is, and none that there will be. */
        static RefusedCommandException noFolderName() {
            return new RefusedCommandException(
                    "NO [CANNOT] this is the name of no folder: it is not in modified UTF-7");
        }
    }

    /** Some text, and then what this reader has not read yet. */
    public CommandReader behind(String text) {
        byte[] prefix = text.getBytes(StandardCharsets.US_ASCII);
        int from = nextSeen ? at - 1 : at;
        byte[] all = Arrays.copyOf(prefix, prefix.length + octets.length - from);
        System.arraycopy(octets, from, all, prefix.length, octets.length - from);
        return new CommandReader(all, utf8);
    }

    /** Whether a search goes on with a charset, though its program has said that all it sends is UTF-8 (RFC 6855 section 3). */
    public boolean hasConflictingCharset() {
        int from = nextSeen ? at - 1 : at;
        int length = Math.min(BEGINNING, octets.length - from);
        return utf8
                && CHARSET.matcher(new String(octets, from, length, StandardCharsets.ISO_8859_1))
                        .matches();
    }

    /** A pattern of LIST as James takes it, in modified UTF-7. */
    public String pattern(String read) {
        return isModifiedUtf7(read) ? read : ModifiedUtf7.encodeModifiedUTF7(composed(read));
    }

    @Override
    public String mailbox() throws DecodingException {
        String read = mailboxUTF7();
        return composed(
                isModifiedUtf7(read)
                        ? FolderNameText.decoded(read).orElseThrow(RefusedCommandException::noFolderName)
                        : read);
    }

    private boolean isModifiedUtf7(String name) {
        return !utf8 && name.chars().allMatch(c -> c < 0x80);
    }

    private static String composed(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    @Override
    public char nextChar() {
        if (!nextSeen) {
            if (at >= octets.length) {
                throw RefusedCommandException.incomplete();
            }
            nextChar = (char) (octets[at++] & 0xFF);
            nextSeen = true;
        }
        return nextChar;
    }

    @Override
    public Literal read(int size, boolean extraCrlf) throws DecodingException {
        if (size > octets.length - at) {
            throw RefusedCommandException.incomplete();
        }
        Literal literal = BytesBackedLiteral.of(Arrays.copyOfRange(octets, at, at + size));
        at += size;
        nextSeen = false;
        nextChar = 0;
        if (extraCrlf) {
            eol();
        }
        return literal;
    }

    /** A message of APPEND or REPLACE may also come as {@code UTF8 (~{n}...)} (RFC 6855 section 4). */
    @Override
    public ImmutablePair<Integer, Literal> consumeLiteral(boolean extraCrlf) throws IOException {
        if (!extraCrlf || (nextWordChar() != 'U' && nextChar() != 'u')) {
            return super.consumeLiteral(extraCrlf);
        }
        for (char expected : "UTF8".toCharArray()) {
            char next = consume();
            if (Character.toUpperCase(next) != expected) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "neither a literal nor UTF8");
            }
        }
        nextWordChar();
        consumeChar('(');
        consumeChar('~');
        ImmutablePair<Integer, Literal> message = super.consumeLiteral(false);
        consumeChar(')');
        eol();
        return message;
    }

    @Override
    public String consumeLiteral(@Nullable Charset charset) throws DecodingException {
        return super.consumeLiteral(charset == null ? StandardCharsets.UTF_8 : charset);
    }

    /** All of it is decoded at once: James's own decoder loses a character that lies across its buffers. */
    @Override
    protected String consumeQuoted(@Nullable Charset charset) throws DecodingException {
        ByteArrayOutputStream quoted = new ByteArrayOutputStream();
        consumeChar('"');
        for (char next = consume(); next != '"'; next = consume()) {
            char character = next == '\\' ? consume() : next;
            boolean escapes = next == '\\' && character != '"' && character != '\\';
            if (escapes || character == '\r' || character == '\n' || character == 0) {
                throw new DecodingException(HumanReadableText.ILLEGAL_ARGUMENTS, "not in a quoted string");
            }
            quoted.write(character);
        }
        Charset meant = charset == null ? StandardCharsets.UTF_8 : charset;
        try {
            return meant.newDecoder()
                    .decode(ByteBuffer.wrap(quoted.toByteArray()))
                    .toString();
        } catch (CharacterCodingException another) {
            throw new DecodingException(HumanReadableText.BAD_IO_ENCODING, "not in its charset", another);
        }
    }

    @Override
    protected void commandContinuationRequest() {
        // The literal is here already.
    }
}
