package org.therapost.mailets.mime;

import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.james.mime4j.codec.DecodeMonitor;
import org.apache.james.mime4j.dom.field.DateTimeField;
import org.apache.james.mime4j.field.DateTimeFieldLenientImpl;
import org.apache.james.mime4j.stream.RawField;

/** The header section of a message: its fields in order, and what the few that matter to us say. */
public final class MailHeader {

    // RFC 5322 section 3.6.4, as lenient as mail programs are, without anything that could break out of a header field.
    private static final Pattern MESSAGE_ID = Pattern.compile("<[\\x21-\\x3B\\x3D\\x3F-\\x7E]{1,240}>");
    private static final int MESSAGE_IDS = 100;

    // RFC 5322 section 3.6, and RFC 2045 section 3 for those of MIME: one program shows the first, another the last.
    private static final Set<String> ONCE = Set.of(
            "from",
            "sender",
            "reply-to",
            "to",
            "cc",
            "bcc",
            "subject",
            "date",
            "message-id",
            "in-reply-to",
            "references",
            "mime-version",
            "content-type",
            "content-transfer-encoding",
            "content-disposition",
            "content-id",
            "content-description");

    private final List<RawField> fields;

    MailHeader(List<RawField> fields) {
        this.fields = List.copyOf(fields);
    }

    /** All fields in the order of the message. */
    public List<RawField> fields() {
        return fields;
    }

    /** All fields of that name, top to bottom. */
    public List<RawField> fields(String name) {
        return fields.stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .toList();
    }

    /** Whether a field that may stand there once stands there twice, so that nobody knows which one counts. */
    public boolean hasRepeatedField() {
        Set<String> seen = new HashSet<>();
        return fields.stream()
                .map(field -> field.getName().strip().toLowerCase(Locale.ROOT))
                .filter(ONCE::contains)
                .anyMatch(name -> !seen.add(name));
    }

    /** The authors. */
    public AddressList from() {
        return addresses("From");
    }

    /** Those who speak: authors and, if it says so, the one who sent it for them. */
    public AddressList speakers() {
        return addresses("From", "Sender");
    }

    /** All to whom the message is addressed openly or in secret. */
    public AddressList named() {
        return addresses("To", "Cc", "Bcc");
    }

    /** When it says it was written. */
    public Optional<Instant> date() {
        return fields("Date").stream()
                .findFirst()
                .map(field -> DateTimeFieldLenientImpl.PARSER.parse(field, DecodeMonitor.SILENT))
                .map(DateTimeField::getDate)
                .map(java.util.Date::toInstant);
    }

    /** The message identifier with its angle brackets, if it is well-formed. */
    public Optional<String> messageId() {
        return ids("Message-ID").stream().findFirst();
    }

    /** Identifiers of the messages that this one answers. */
    public List<String> inReplyTo() {
        return ids("In-Reply-To");
    }

    /** Identifiers of the conversation so far, oldest first. */
    public List<String> references() {
        List<String> all = found("References").toList();
        // The latest say most.
        return all.subList(Math.max(0, all.size() - MESSAGE_IDS), all.size());
    }

    /** What this message answers: {@code In-Reply-To} or, if that is missing, the last of {@code References}. */
    public List<String> answered() {
        List<String> answered = inReplyTo();
        List<String> references = references();
        return answered.isEmpty() && !references.isEmpty() ? List.of(references.get(references.size() - 1)) : answered;
    }

    /** The mailboxes in fields of these names. */
    public AddressList addresses(String... names) {
        List<AddressList> lists = Stream.of(names)
                .flatMap(name -> fields(name).stream())
                .map(MailHeader::mailboxes)
                .toList();
        return new AddressList(
                lists.stream().flatMap(list -> list.readable().stream()).toList(),
                lists.stream().allMatch(AddressList::complete));
    }

    private static AddressList mailboxes(RawField field) {
        byte[] whole = octets(field);
        return MailboxScanner.scan(Arrays.copyOfRange(whole, field.getDelimiterIdx() + 1, whole.length));
    }

    private List<String> ids(String name) {
        return found(name).limit(MESSAGE_IDS).toList();
    }

    private Stream<String> found(String name) {
        return fields(name).stream()
                .map(RawField::getBody)
                .flatMap(body -> MESSAGE_ID.matcher(body).results().map(found -> found.group()))
                .filter(id -> id.indexOf('@') > 1);
    }

    /** Octets of one field as they travelled, folding included, without the final line end. */
    static byte[] octets(RawField field) {
        return field.getRaw().toByteArray();
    }

    @Override
    public String toString() {
        return "MailHeader[" + fields.size() + " fields]";
    }
}
