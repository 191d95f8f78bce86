package org.therapost.protocols.imap.fetch;

import java.io.IOException;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.mail.Flags;
import org.apache.james.imap.api.message.BodyFetchElement;
import org.apache.james.imap.api.message.FetchData;
import org.apache.james.imap.api.message.FetchData.Item;
import org.apache.james.imap.message.response.FetchResponse;
import org.apache.james.mailbox.MessageSequenceNumber;
import org.apache.james.mailbox.store.mail.MessageMapper.FetchType;

/** The data items of one message that a FETCH asks for (RFC 3501 section 6.4.5, RFC 7162, RFC 8474, RFC 8514). */
final class MessageData {

    private static final DateTimeFormatter DATE_TIME =
            DateTimeFormatter.ofPattern("dd-MMM-yyyy HH:mm:ss Z", Locale.US).withZone(ZoneOffset.UTC);

    private static final Map<Flags.Flag, String> FLAGS = new LinkedHashMap<>();

    static {
        FLAGS.put(Flags.Flag.ANSWERED, "\\Answered");
        FLAGS.put(Flags.Flag.DELETED, "\\Deleted");
        FLAGS.put(Flags.Flag.DRAFT, "\\Draft");
        FLAGS.put(Flags.Flag.FLAGGED, "\\Flagged");
        FLAGS.put(Flags.Flag.RECENT, "\\Recent");
        FLAGS.put(Flags.Flag.SEEN, "\\Seen");
    }

    private final FetchData asked;
    private final boolean withUid;
    private final String domain;
    private final boolean utf8;

    /**
     * @param withUid whether the UID is told, asked for or not
     * @param domain of the practice, for what stands in place of a message
     * @param utf8 whether the program takes UTF-8 in quoted strings
     */
    MessageData(FetchData asked, boolean withUid, String domain, boolean utf8) {
        this.asked = asked;
        this.withUid = withUid || asked.contains(Item.UID);
        this.domain = domain;
        this.utf8 = utf8;
    }

    /** What of the messages has to be opened. */
    FetchType opens() {
        if (needsMessage()) {
            return FetchType.FULL;
        }
        return asked.contains(Item.ENVELOPE) || !asked.getBodyElements().isEmpty()
                ? FetchType.HEADERS
                : FetchType.METADATA;
    }

    private boolean needsMessage() {
        return asked.contains(Item.BODY)
                || asked.contains(Item.BODY_STRUCTURE)
                || BodySections.needMessage(asked.getBodyElements());
    }

    /**
     * One message's answer.
     *
     * @param flags if they are part of it
     */
    FetchedMessage of(ServedMessage message, MessageSequenceNumber number, Optional<Flags> flags) throws IOException {
        ImapText text = new ImapText(utf8).joined();
        if (asked.contains(Item.MODSEQ)) {
            text.atom("MODSEQ")
                    .list()
                    .number(message.row().getModSeq().asLong())
                    .endList();
        }
        flags.ifPresent(set -> write(set, text));
        if (asked.contains(Item.INTERNAL_DATE)) {
            text.atom("INTERNALDATE").string(dateTime(message.row().getInternalDate()));
        }
        List<FetchResponse.BodyElement> sections =
                opens() == FetchType.METADATA ? unopened(message, text) : opened(message, text);
        return new FetchedMessage(number, flags, text.octets(), sections);
    }

    private List<FetchResponse.BodyElement> unopened(ServedMessage message, ImapText text) {
        if (asked.contains(Item.SIZE)) {
            text.atom("RFC822.SIZE").number(message.row().getFullContentOctets());
        }
        identity(message, text);
        return List.of();
    }

    private List<FetchResponse.BodyElement> opened(ServedMessage message, ImapText text) throws IOException {
        FetchedOctets opened = FetchedOctets.open(message, needsMessage(), domain);
        if (asked.contains(Item.SIZE)) {
            text.atom("RFC822.SIZE").number(opened.size());
        }
        if (asked.contains(Item.ENVELOPE)) {
            EnvelopeText.write(opened.header(), text.atom("ENVELOPE"));
        }
        if (asked.contains(Item.BODY)) {
            new BodyStructureText(false).write(opened.structure(), text.atom("BODY"));
        }
        if (asked.contains(Item.BODY_STRUCTURE)) {
            new BodyStructureText(true).write(opened.structure(), text.atom("BODYSTRUCTURE"));
        }
        identity(message, text);
        BodySections sections = new BodySections(opened);
        List<FetchResponse.BodyElement> read = new ArrayList<>();
        for (BodyFetchElement section : asked.getBodyElements()) {
            read.add(sections.read(section));
        }
        return read;
    }

    private void identity(ServedMessage message, ImapText text) {
        if (withUid) {
            text.atom("UID").number(message.row().getUid().asLong());
        }
        if (asked.contains(Item.EMAILID)) {
            text.atom("EMAILID")
                    .list()
                    .atom(message.row().getMessageId().serialize())
                    .endList();
        }
        if (asked.contains(Item.THREADID)) {
            text.atom("THREADID")
                    .list()
                    .atom(message.row().getThreadId().serialize())
                    .endList();
        }
        if (asked.contains(Item.SAVEDATE)) {
            text.atom("SAVEDATE").string(message.row().getSaveDate().map(MessageData::dateTime));
        }
    }

    private static String dateTime(Date date) {
        return DATE_TIME.format(date.toInstant());
    }

    private static void write(Flags flags, ImapText text) {
        text.atom("FLAGS").list();
        FLAGS.forEach((flag, name) -> {
            if (flags.contains(flag)) {
                text.atom(name);
            }
        });
        for (String keyword : flags.getUserFlags()) {
            text.atom(keyword);
        }
        text.endList();
    }
}
