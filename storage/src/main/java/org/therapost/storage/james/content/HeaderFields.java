package org.therapost.storage.james.content;

import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.codec.DecoderUtil;
import org.apache.james.mime4j.field.datetime.parser.DateTimeParser;
import org.apache.james.mime4j.field.datetime.parser.ParseException;
import org.apache.james.mime4j.field.datetime.parser.TokenMgrError;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.util.ByteSequence;
import org.therapost.domain.mime.MimeHeader;

/**
 * The fields of a header section, as a person reads them: unfolded, encoded words decoded (RFC 2047), UTF-8 as such. Only what is asked for
 * is decoded: a search looks at one field of each of thousands of messages.
 */
public record HeaderFields(MimeHeader header) {

    /** One field. */
    public record NamedText(String name, String text) {

        public static NamedText of(Field field) {
            return new NamedText(field.getName(), readable(field));
        }
    }

    public static HeaderFields of(byte[] header) {
        return new HeaderFields(MimeHeader.of(header));
    }

    public List<String> all(String name) {
        return header.values(name).stream().map(value -> readable(text(value))).toList();
    }

    /** The instant of {@code Date}, with the time zone of the sender; empty if there is none that can be read. */
    public Optional<OffsetDateTime> date() {
        return all("Date").stream().findFirst().flatMap(HeaderFields::date);
    }

    /** The instant that such a field names; empty if that cannot be read. */
    public static Optional<OffsetDateTime> date(String text) {
        try {
            var date = new DateTimeParser(new StringReader(text)).parseAll();
            int zone = date.getTimeZone();
            return Optional.of(LocalDateTime.of(
                            date.getYear(),
                            date.getMonth(),
                            date.getDay(),
                            date.getHour(),
                            date.getMinute(),
                            Math.min(date.getSecond(), 59))
                    .atOffset(ZoneOffset.ofHoursMinutes(zone / 100, zone % 100)));
        } catch (ParseException | TokenMgrError | DateTimeException unreadable) {
            return Optional.empty();
        }
    }

    private static String readable(Field field) {
        ByteSequence raw = field.getRaw();
        String text = raw == null ? field.getBody() : text(raw.toByteArray());
        String value = raw == null ? text : text.substring(text.indexOf(':') + 1);
        return readable(value);
    }

    private static String readable(String value) {
        String unfolded = value.replace("\r\n", "").replace("\n", "").strip();
        return unfolded.contains("=?") ? DecoderUtil.decodeEncodedWords(unfolded, DecodeMonitor.SILENT) : unfolded;
    }

    /** Octets as text: UTF-8 if they are, else each as a character. */
    public static String text(byte[] octets) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
        } catch (CharacterCodingException another) {
            return new String(octets, StandardCharsets.ISO_8859_1);
        }
    }
}
