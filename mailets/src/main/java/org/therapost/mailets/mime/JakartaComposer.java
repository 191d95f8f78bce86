package org.therapost.mailets.mime;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.inject.Inject;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.carriage.CarriageNote;
import org.therapost.domain.carriage.Composer;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ServerKey;

/**
 * Composes with Jakarta Mail. Of what the therapist wrote, the subject, the {@code Content-*} fields and the body are
 * taken, octet for octet; every other field is written anew or left out, so that whatever their mail program tells about
 * itself or them stays here.
 */
public final class JakartaComposer implements Composer {

    private static final Set<String> AUTOMATIC = Set.of("auto-generated", "auto-replied");

    private final OutgoingMessageWriter outgoingMessageWriter;
    private final ServerKey serverKey;
    private final KnownMessageIds knownIds;
    private final MailReader reader;
    private final CarriageNotes notices;

    @Inject
    public JakartaComposer(
            OutgoingMessageWriter outgoingMessageWriter,
            ServerKey serverKey,
            KnownMessageIds knownIds,
            MailReader reader,
            CarriageNotes notices) {
        this.outgoingMessageWriter = outgoingMessageWriter;
        this.serverKey = serverKey;
        this.knownIds = knownIds;
        this.reader = reader;
        this.notices = notices;
    }

    @Override
    public MailContent answer(ClientThread thread, MailContent written, Carriage carriage) throws CannotTellException {
        MailHeader header = header(written);
        byte[] body = Arrays.copyOfRange(written.octets(), written.headerSize(), written.size());
        return outgoingMessageWriter.prepare(
                thread,
                new OutgoingMessageWriter.Letter(conversation(thread, header), subject(header), content(header), body),
                carriage);
    }

    @Override
    public MailContent retitled(MailContent written, String subject) {
        return SubjectReplacement.of(reader, written, subject);
    }

    @Override
    public MailContent notice(Therapist therapist, CarriageNote notice) {
        return notices.write(therapist, notice);
    }

    private MailHeader header(MailContent written) {
        try {
            return reader.header(written);
        } catch (RefusedException impossible) {
            throw new IllegalStateException("it was within the limits when it was submitted", impossible);
        }
    }

    private OutgoingHeader conversation(ClientThread thread, MailHeader header) throws CannotTellException {
        String practiceDomain = thread.address().domain();
        List<String> answered = MessageIdReplacement.shortened(header.inReplyTo());
        List<String> references = MessageIdReplacement.shortened(header.references());
        Set<String> named = new HashSet<>(answered);
        named.addAll(references);
        Set<String> known = knownIds.known(thread, named);
        MessageIdReplacement ids = new MessageIdReplacement(serverKey, practiceDomain, header.messageId());
        OutgoingHeader fields = new OutgoingHeader()
                .add("Message-ID", ids.own().orElseGet(() -> "<" + UUID.randomUUID() + "@" + practiceDomain + ">"))
                .addIds("In-Reply-To", ids.conversation(answered, known))
                .addIds("References", ids.conversation(references, known));
        // RFC 3834 section 5: what was written by nobody says so, also when it had to wait first.
        header.fields("Auto-Submitted").stream()
                .map(field -> field.getBody().strip().toLowerCase(Locale.ROOT))
                .filter(AUTOMATIC::contains)
                .findFirst()
                .ifPresent(automatic -> fields.add("Auto-Submitted", automatic));
        return fields;
    }

    /** The subject as it was written; one in raw 8-bit characters is encoded (RFC 2047), since not every server takes it. */
    private static OutgoingHeader subject(MailHeader header) {
        OutgoingHeader one = new OutgoingHeader();
        Optional<RawField> subject = header.fields("Subject").stream().findFirst();
        if (subject.isEmpty()) {
            return one;
        }
        byte[] octets = MailHeader.octets(subject.get());
        if (OutgoingHeader.isAscii(octets)) {
            return one.addAsIs("Subject", octets);
        }
        int start = subject.get().getDelimiterIdx() + 1;
        return one.addWords(
                "Subject",
                new String(octets, start, octets.length - start, StandardCharsets.UTF_8)
                        .replaceAll("\\r?\\n[ \\t]+", " "));
    }

    /** The fields that describe the body, as they were written. */
    private static OutgoingHeader content(MailHeader header) {
        OutgoingHeader fields = new OutgoingHeader();
        for (RawField field : header.fields()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            if (name.startsWith("content-")) {
                fields.addAsIs(field.getName(), MailHeader.octets(field));
            }
        }
        return fields;
    }
}
