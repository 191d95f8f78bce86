package org.therapost.mailets.calendar;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.james.mime4j.MimeException;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.ContentDispositionField;
import org.apache.james.mime4j.dom.field.ContentTypeField;
import org.apache.james.mime4j.field.ContentDispositionFieldLenientImpl;
import org.apache.james.mime4j.field.ContentTypeFieldLenientImpl;
import org.apache.james.mime4j.stream.EntityState;
import org.apache.james.mime4j.stream.Field;
import org.apache.james.mime4j.stream.MimeConfig;
import org.apache.james.mime4j.stream.MimeTokenStream;
import org.apache.james.mime4j.stream.RecursionMode;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.calendar.text.ContentLines;

/** Finds the parts of a mail that calendar programs read, in one pass. What a forwarded mail holds is not its forwarder's. */
final class CalendarParts {

    /** Entities that are looked at. */
    static final int PARTS = 1_000;

    /** Calendar parts that are kept: programs send one or two, which say the same. */
    static final int KEPT = 4;

    /** Octets of a part that are kept; one more than is allowed shows that it is too large. */
    static final int SIZE = ContentLines.SIZE;

    /** Of the mail, made by programs: nothing that a person sends along. */
    private static final Set<String> SIGNATURES =
            Set.of("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature");

    /** What {@link org.therapost.mailets.traits.PersonalTextDetector} reads. */
    private static final Set<String> READ_AS_TEXT = Set.of("text/plain", "text/html");

    private static final MimeConfig LIMITS = MimeConfig.custom()
            .setMaxHeaderCount(1_000)
            .setMaxHeaderLen(256 * 1024)
            .setMaxLineLen(-1)
            .setMaxContentLen(-1)
            .setStrictParsing(false)
            .build();

    private CalendarParts() {}

    /** What a part is. */
    enum Kind {
        /** {@code text/calendar}, in the order in which programs believe it. */
        CALENDAR,
        /** A file whose name ends in {@code .ics}. */
        FILE,
        /** {@code winmail.dat}. */
        TNEF
    }

    /**
     * One part, decoded.
     *
     * @param method the parameter of {@code text/calendar}, in upper case; empty if there is none
     * @param setting where in the mail it stands
     */
    record Part(Kind kind, byte[] octets, Charset charset, String method, Setting setting) {
        @Override
        public String toString() {
            return "Part[" + kind + ", " + octets.length + " octets]";
        }
    }

    /**
     * Where in a mail a part stands.
     *
     * @param file its name; empty if it has none
     */
    record Setting(Role role, Disposition disposition, String file) {}

    /** What a part is to the mail. */
    enum Role {
        /** The whole mail, or another form of its text (RFC 2046 section 5.1.4). */
        TEXT,
        /** Something beside the text. */
        BESIDE
    }

    /** How a part is marked (RFC 2183). */
    enum Disposition {
        INLINE,
        ATTACHMENT
    }

    /** What a mail has besides its texts: its calendar parts, and whether there are other files. */
    record Parts(List<Part> calendars, boolean otherFiles) {}

    /** The calendar parts of a mail, the most trustworthy kind first; what cannot be read as a mail has none. */
    static List<Part> of(MailContent mail) {
        return all(mail).calendars();
    }

    /** The calendar parts, and whether there are other files. */
    static Parts all(MailContent mail) {
        List<Part> found = new ArrayList<>();
        Deque<String> around = new ArrayDeque<>();
        boolean otherFiles = false;
        MimeTokenStream tokens = new MimeTokenStream(LIMITS);
        tokens.setRecursionMode(RecursionMode.M_NO_RECURSE);
        tokens.parse(mail.stream());
        try {
            Names names = new Names();
            int parts = 0;
            for (EntityState state = tokens.getState();
                    state != EntityState.T_END_OF_STREAM && parts < PARTS;
                    state = tokens.next()) {
                if (state == EntityState.T_START_HEADER) {
                    names = new Names();
                    parts++;
                } else if (state == EntityState.T_FIELD) {
                    names.read(tokens.getField());
                } else if (state == EntityState.T_START_MULTIPART) {
                    around.push(tokens.getBodyDescriptor().getMimeType().toLowerCase(Locale.ROOT));
                } else if (state == EntityState.T_END_MULTIPART) {
                    around.pop();
                } else if (state == EntityState.T_BODY) {
                    Optional<Kind> kind = kind(tokens.getBodyDescriptor().getMimeType(), names.file);
                    if (kind.isEmpty()) {
                        otherFiles |= isFile(tokens.getBodyDescriptor().getMimeType(), names, around);
                    } else if (found.size() < KEPT) {
                        boolean text = around.isEmpty() || around.contains("multipart/alternative");
                        found.add(part(tokens, kind.get(), names, text ? Role.TEXT : Role.BESIDE));
                    }
                }
            }
        } catch (MimeException | IOException broken) {
            // What was found before it broke is what a mail program would show.
        }
        found.sort(Comparator.comparing(Part::kind));
        return new Parts(found, otherFiles);
    }

    /** What the header of an entity says of its body besides the type. */
    private static final class Names {
        private String file = "";
        private String method = "";
        private String charset = "utf-8";
        private Disposition disposition = Disposition.INLINE;

        void read(Field field) {
            if (field.getName().equalsIgnoreCase("Content-Disposition")) {
                ContentDispositionField marked =
                        ContentDispositionFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT);
                file = Optional.ofNullable(marked.getFilename()).orElse(file);
                disposition = marked.isAttachment() ? Disposition.ATTACHMENT : Disposition.INLINE;
            } else if (field.getName().equalsIgnoreCase("Content-Type")) {
                ContentTypeField type = ContentTypeFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT);
                method = parameter(type, "method", method);
                charset = parameter(type, "charset", charset);
                file = file.isEmpty() ? parameter(type, "name", file) : file;
            }
        }

        private static String parameter(ContentTypeField type, String name, String otherwise) {
            return Optional.ofNullable(type.getParameter(name))
                    .map(String::strip)
                    .orElse(otherwise);
        }
    }

    /** Whether a part is a file that comes along, marked as one or not: Apple Mail marks documents as {@code inline}. */
    private static boolean isFile(String mimeType, Names names, Deque<String> around) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        if (SIGNATURES.contains(type)) {
            return false;
        }
        if (names.disposition == Disposition.ATTACHMENT) {
            return true;
        }
        if (type.startsWith("text/")) {
            // RFC 2046 section 5.1.4: another form of the same text.
            return !READ_AS_TEXT.contains(type) && !around.contains("multipart/alternative");
        }
        // RFC 2387: the pictures of a text.
        return !around.contains("multipart/related");
    }

    private static Part part(MimeTokenStream tokens, Kind kind, Names names, Role role) throws IOException {
        try (InputStream body = tokens.getDecodedInputStream()) {
            return new Part(
                    kind,
                    body.readNBytes(SIZE + 1),
                    charset(names.charset),
                    names.method.toUpperCase(Locale.ROOT),
                    new Setting(role, names.disposition, names.file.strip().toLowerCase(Locale.ROOT)));
        }
    }

    private static Optional<Kind> kind(String mimeType, String fileName) {
        String type = mimeType.toLowerCase(Locale.ROOT);
        String name = fileName.strip().toLowerCase(Locale.ROOT);
        if (type.equals("text/calendar") || type.equals("text/x-vcalendar")) {
            return Optional.of(Kind.CALENDAR);
        }
        if (type.equals("application/ms-tnef")
                || type.equals("application/vnd.ms-tnef")
                || (name.equals("winmail.dat") && type.startsWith("application/"))) {
            return Optional.of(Kind.TNEF);
        }
        if (type.equals("application/ics") || name.endsWith(".ics")) {
            return Optional.of(Kind.FILE);
        }
        return Optional.empty();
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            return StandardCharsets.UTF_8;
        }
    }
}
