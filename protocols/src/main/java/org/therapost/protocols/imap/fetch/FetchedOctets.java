package org.therapost.protocols.imap.fetch;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.folders.UnopenableMessageException;
import org.therapost.domain.mime.MimeHeader;
import org.therapost.domain.mime.MimeParser;
import org.therapost.domain.mime.MimePart;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.MailStream;

/**
 * The octets of one message while it is answered; from the first octet that is missing on those of its placeholder, in all that is
 * answered of it.
 */
final class FetchedOctets {

    /** A message of this size may be parsed for each section anew; parts of a larger one are kept between the pieces of them. */
    private static final int SMALL = 1 << 18;

    private final ServedMessage message;
    private @Nullable MailContent placeholder;
    private @Nullable MailStream octets;
    private @Nullable MimeHeader header;
    private @Nullable MimePart structure;

    private FetchedOctets(ServedMessage message) {
        this.message = message;
    }

    /**
     * Opens a message as far as its answer needs it.
     *
     * @param whole whether more than its header section will be asked for
     * @param domain of the practice
     */
    static FetchedOctets open(ServedMessage message, boolean whole, String domain) throws IOException {
        FetchedOctets opened = new FetchedOctets(message);
        try {
            if (whole) {
                opened.octets = message.content().octets();
            } else {
                opened.header = MimeHeader.of(message.content().header());
            }
        } catch (UnopenableMessageException closed) {
            opened.placeholder = MessagePlaceholder.of(message, closed.fault(), domain);
        }
        return opened;
    }

    /** Octets of the message. */
    long size() {
        return placeholder == null ? message.row().getFullContentOctets() : placeholder.size();
    }

    MimeHeader header() throws IOException {
        MimeHeader read = header;
        if (read == null) {
            MailContent instead = placeholder;
            read = MimeHeader.of(instead == null ? headerOctets() : instead.header());
            header = read;
        }
        return read;
    }

    private byte[] headerOctets() throws IOException {
        try {
            return message.content().header();
        } catch (UnopenableMessageException closed) {
            // The whole message opened a moment ago.
            return structure().header().octets();
        }
    }

    MimePart structure() throws IOException {
        MimePart read = structure;
        if (read == null) {
            try (InputStream all = octets().open()) {
                read = MimeParser.read(all);
            }
            structure = read;
        }
        return read;
    }

    /** The body of a part; empty if there is none. */
    Optional<Octets> part(boolean inPieces, int... path) throws IOException {
        if (inPieces && placeholder == null && message.row().getFullContentOctets() > SMALL) {
            return message.content().part(path).map(Octets::of);
        }
        return structure().at(path).map(part -> range(part.body(), part.end()));
    }

    /** What lies between two offsets. */
    Octets range(long from, long to) {
        MailStream all = octets();
        return new Octets() {
            @Override
            public long size() {
                return to - from;
            }

            @Override
            public InputStream open() throws IOException {
                return behind(all.open(), from);
            }
        };
    }

    /** What follows some octets; if they cannot be skipped, the stream is closed. */
    static InputStream behind(InputStream octets, long skipped) throws IOException {
        boolean done = false;
        try {
            octets.skipNBytes(skipped);
            done = true;
            return octets;
        } finally {
            if (!done) {
                octets.close();
            }
        }
    }

    private MailStream octets() {
        MailStream opened = octets;
        MailContent instead = placeholder;
        if (instead != null) {
            return new PlaceholderStream(instead);
        }
        if (opened == null) {
            throw new IllegalStateException("only the header section was opened");
        }
        return opened;
    }

    private record PlaceholderStream(MailContent placeholder) implements MailStream {

        @Override
        public int size() {
            return placeholder.size();
        }

        @Override
        public InputStream open() {
            return placeholder.stream();
        }
    }

    /** Octets of an answer, which nothing can keep from being read any more but a database that is gone. */
    interface Octets {

        long size();

        InputStream open() throws IOException;

        static Octets of(byte[] octets) {
            return new Octets() {
                @Override
                public long size() {
                    return octets.length;
                }

                @Override
                public InputStream open() {
                    return new ByteArrayInputStream(octets);
                }
            };
        }
    }
}
