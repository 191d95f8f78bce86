package org.therapost.storage.james.search;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.StringReader;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import org.apache.commons.io.input.SequenceReader;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.field.LenientFieldParser;
import org.apache.james.mime4j.message.DefaultBodyDescriptorBuilder;
import org.apache.james.mime4j.message.MaximalBodyDescriptor;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.jsoup.Jsoup;
import org.jspecify.annotations.Nullable;
import org.therapost.storage.james.content.HeaderFields;

/**
 * Looks for words in a whole message, as a person reads it: transfer encodings and character sets decoded, HTML without its
 * tags, names of attached files. Attachments themselves are not searched. The message is read as a stream.
 */
final class MessageTextSearch {

    private static final LenientFieldParser FIELDS = new LenientFieldParser();
    private static final int DEEPEST = 100;
    private static final int CHUNK = 8192;
    /** Characters of HTML in a message that are parsed, which can be made costly; what follows is searched as it stands there. */
    private static final int MOST_HTML = 1 << 18;

    private final MimeTokenStream parser = new MimeTokenStream(
            MimeConfig.PERMISSIVE, new DefaultBodyDescriptorBuilder(null, FIELDS, DecodeMonitor.SILENT));
    private final SearchWords words;
    private final boolean headers;
    private boolean inMessage;
    private int depth;
    private int htmlLeft = MOST_HTML;

    private MessageTextSearch(SearchWords words, boolean headers) {
        this.words = words;
        this.headers = headers;
        this.inMessage = true;
    }

    /** @param headers whether header sections count too: the message's own, and those of messages enclosed in it */
    static boolean contains(InputStream message, SearchWords words, boolean headers) throws IOException {
        return new MessageTextSearch(words, headers).found(message);
    }

    private boolean found(InputStream message) throws IOException {
        parser.setRecursionMode(RecursionMode.M_RECURSE);
        parser.parse(message);
        try {
            for (EntityState state = parser.getState();
                    state != EntityState.T_END_OF_STREAM && depth < DEEPEST;
                    state = parser.next()) {
                if (foundAt(state)) {
                    return true;
                }
            }
            return false;
        } catch (MimeException unreadable) {
            // The exception would quote the message.
            throw new IOException("a message cannot be read");
        }
    }

    private boolean foundAt(EntityState state) throws IOException {
        switch (state) {
            case T_START_MULTIPART -> depth++;
            case T_END_MULTIPART, T_END_MESSAGE -> depth--;
            case T_START_MESSAGE -> {
                depth++;
                inMessage = true;
            }
            case T_START_BODYPART -> inMessage = false;
            case T_FIELD -> {
                HeaderFields.NamedText field = HeaderFields.NamedText.of(parser.getField());
                return inMessage && headers && words.in(field.name() + ": " + field.text());
            }
            case T_BODY -> {
                return foundInBody((MaximalBodyDescriptor) parser.getBodyDescriptor());
            }
            case T_PREAMBLE, T_EPILOGUE -> {
                // Shown to nobody, but of the body (RFC 3501, 6.4.4), as James's own search finds it.
                return words.in(new InputStreamReader(parser.getInputStream(), StandardCharsets.UTF_8));
            }
            default -> {
                // Beginnings and ends hold no text of their own.
            }
        }
        return false;
    }

    private boolean foundInBody(MaximalBodyDescriptor part) throws IOException {
        if (words.in(fileName(part))) {
            return true;
        }
        if (!"text".equalsIgnoreCase(part.getMediaType())) {
            return false;
        }
        Reader text = new InputStreamReader(parser.getDecodedInputStream(), charset(part.getCharset()));
        if (!"html".equalsIgnoreCase(part.getSubType())) {
            return words.in(text);
        }
        // As it reads, and as it stands there: James's own search, whose scripts ours has to pass, looks at the markup.
        String html = beginning(text);
        return words.in(Jsoup.parse(html).text()) || words.in(new SequenceReader(new StringReader(html), text));
    }

    /** What is parsed of it. */
    private String beginning(Reader text) throws IOException {
        StringBuilder html = new StringBuilder();
        char[] chunk = new char[CHUNK];
        while (htmlLeft > 0) {
            int read = text.read(chunk, 0, Math.min(chunk.length, htmlLeft));
            if (read < 0) {
                break;
            }
            html.append(chunk, 0, read);
            htmlLeft -= read;
        }
        return html.toString();
    }

    private static String fileName(MaximalBodyDescriptor part) {
        String name = part.getContentDispositionFilename();
        if (name == null) {
            name = part.getContentTypeParameters().getOrDefault("name", "");
        }
        return name;
    }

    private static Charset charset(@Nullable String name) {
        try {
            Charset charset = name == null ? StandardCharsets.US_ASCII : Charset.forName(name);
            // What calls itself ASCII and is not, is UTF-8 most of the time.
            return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.ISO_8859_1;
        }
    }
}
