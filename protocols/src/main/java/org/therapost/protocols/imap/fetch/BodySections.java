package org.therapost.protocols.imap.fetch;

import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.message.response.FetchResponse;
import org.therapost.domain.mime.MimeHeader;
import org.therapost.domain.mime.MimePart;
import org.therapost.protocols.imap.fetch.FetchedOctets.Octets;

/** {@code BODY[section]<origin>} (RFC 3501 section 6.4.5): octets of the message, none added, none left out. */
final class BodySections {

    private static final Octets NOTHING = Octets.of(new byte[0]);

    private final FetchedOctets message;

    BodySections(FetchedOctets message) {
        this.message = message;
    }

    /** What a section names, or the piece of it that is asked for; nothing if there is no such section. */
    FetchResponse.BodyElement read(BodyFetchElement asked) throws IOException {
        Octets section = section(asked);
        if (asked.getFirstOctet() == null) {
            return new Element(asked.getResponseName(), section, 0, section.size());
        }
        long from = Math.min(asked.getFirstOctet(), section.size());
        long most = asked.getNumberOfOctets() == null ? Long.MAX_VALUE : asked.getNumberOfOctets();
        return new Element(
                asked.getResponseName() + "<" + asked.getFirstOctet() + ">",
                section,
                from,
                Math.min(most, section.size() - from));
    }

    /** Whether an answer needs more of the message than its header section. */
    static boolean needMessage(Collection<BodyFetchElement> asked) {
        return asked.stream()
                .anyMatch(element -> !isTop(element)
                        || switch (element.getSectionType()) {
                            case CONTENT, TEXT -> true;
                            case HEADER, HEADER_FIELDS, HEADER_NOT_FIELDS, MIME -> false;
                        });
    }

    private static boolean isTop(BodyFetchElement element) {
        return element.getPath() == null || element.getPath().length == 0;
    }

    private Octets section(BodyFetchElement asked) throws IOException {
        return switch (asked.getSectionType()) {
            case CONTENT -> content(asked);
            case MIME ->
                part(asked).map(part -> Octets.of(part.header().octets())).orElse(NOTHING);
            case TEXT -> text(asked);
            case HEADER -> header(asked).map(MimeHeader::octets).map(Octets::of).orElse(NOTHING);
            case HEADER_FIELDS ->
                header(asked)
                        .map(header -> Octets.of(header.only(names(asked))))
                        .orElse(NOTHING);
            case HEADER_NOT_FIELDS ->
                header(asked)
                        .map(header -> Octets.of(header.without(names(asked))))
                        .orElse(NOTHING);
        };
    }

    private Octets content(BodyFetchElement asked) throws IOException {
        return isTop(asked)
                ? message.range(0, message.size())
                : message.part(asked.getFirstOctet() != null, asked.getPath()).orElse(NOTHING);
    }

    private Octets text(BodyFetchElement asked) throws IOException {
        if (isTop(asked)) {
            return message.range(message.header().octets().length, message.size());
        }
        return part(asked)
                .flatMap(MimePart::message)
                .map(inner -> message.range(inner.body(), inner.end()))
                .orElse(NOTHING);
    }

    private static List<String> names(BodyFetchElement asked) {
        return List.copyOf(asked.getFieldNames());
    }

    /** Of the message, or of a message that a part encapsulates; other parts have a MIME header only. */
    private Optional<MimeHeader> header(BodyFetchElement asked) throws IOException {
        return isTop(asked)
                ? Optional.of(message.header())
                : part(asked).flatMap(MimePart::message).map(MimePart::header);
    }

    private Optional<MimePart> part(BodyFetchElement asked) throws IOException {
        return message.structure().at(asked.getPath());
    }

    private record Element(String name, Octets octets, long from, long length) implements FetchResponse.BodyElement {

        @Override
        public String getName() {
            return name;
        }

        @Override
        public long size() {
            return length;
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return new Limited(FetchedOctets.behind(octets.open(), from), length);
        }
    }

    /** Ends where the section does. */
    private static final class Limited extends java.io.FilterInputStream {

        private long left;

        Limited(InputStream octets, long length) {
            super(octets);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            int octet = left > 0 ? super.read() : -1;
            left -= octet >= 0 ? 1 : 0;
            return octet;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (left == 0 && length > 0) {
                return -1;
            }
            int octets = super.read(to, offset, (int) Math.min(length, left));
            left -= Math.max(0, octets);
            return octets;
        }

        @Override
        public long skip(long octets) throws IOException {
            long skipped = super.skip(Math.min(octets, left));
            left -= skipped;
            return skipped;
        }

        @Override
        public int available() throws IOException {
            return (int) Math.min(left, super.available());
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
