package org.therapost.mailets.mime;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import javax.inject.Inject;
import javax.mail.internet.MimeUtility;
import org.apache.james.mime4j.stream.RawField;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Composer;
import org.therapost.domain.conversation.Notice;
import org.therapost.domain.conversation.RefusedException;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SpoolKey;

/**
 * Composes with Jakarta Mail. Of what the therapist wrote, the subject, the {@code Content-*} fields and the body are
 * taken, octet for octet; every other field is written anew or left out, so that whatever their mail program tells about
 * itself or them stays here.
 */
public final class JakartaComposer implements Composer {

    // RFC 5322 section 3.3; Locale.ENGLISH, since names of days and months are not translated.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);
    private static final String FINAL = "; \t\r\n";
    private static final String PLAIN_TEXT = "text/plain; charset=us-ascii";

    private final SigningKeys signingKeys;
    private final Sealer sealer;
    private final SpoolKey spoolKey;
    private final MailReader reader;
    private final Clock clock;

    @Inject
    public JakartaComposer(SigningKeys signingKeys, Sealer sealer, SpoolKey spoolKey, MailReader reader, Clock clock) {
        this.signingKeys = signingKeys;
        this.sealer = sealer;
        this.spoolKey = spoolKey;
        this.reader = reader;
        this.clock = clock;
    }

    @Override
    public MailContent answer(ClientThread thread, MailContent written, Carriage carriage) throws CannotTellException {
        SigningKey key = signingKeys.of(thread.therapist().practice());
        MailHeader header = header(written);
        OutgoingHeader outside =
                identity(thread).addAll(conversation(header, key.domain())).add("MIME-Version", "1.0");
        byte[] body = Arrays.copyOfRange(written.octets(), written.headerSize(), written.size());
        return switch (carriage) {
            case TLS -> signed(outside.addAll(subject(header)).addAll(content(header, "")), body, key);
            case OPENPGP -> encrypted(thread, header, outside, body, key);
            case WAIT -> throw new IllegalArgumentException("what waits is not composed yet");
        };
    }

    @Override
    public MailContent notice(Therapist therapist, Notice notice) {
        NoticeText text = NoticeText.of(notice);
        String domain = therapist.address().domain();
        OutgoingHeader header = new OutgoingHeader()
                .add("From", "postmaster@" + domain)
                .add("To", therapist.address().value())
                .add("Subject", text.subject())
                .add("Date", now())
                .add("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">")
                .add("Auto-Submitted", "auto-generated")
                .add("MIME-Version", "1.0")
                .add("Content-Type", PLAIN_TEXT)
                .add("Content-Transfer-Encoding", "7bit");
        return MailContent.of(header.with(text.body().getBytes(StandardCharsets.US_ASCII)));
    }

    private MailHeader header(MailContent written) {
        try {
            return reader.header(written);
        } catch (RefusedException impossible) {
            throw new IllegalStateException("it was within the limits when it was submitted", impossible);
        }
    }

    private OutgoingHeader identity(ClientThread thread) {
        return new OutgoingHeader()
                .add("From", thread.address().value())
                .add("To", thread.client().address().value())
                .add("Date", now());
    }

    private OutgoingHeader conversation(MailHeader header, String practiceDomain) {
        MessageIds ids = new MessageIds(spoolKey, practiceDomain, header.messageId());
        OutgoingHeader fields = new OutgoingHeader()
                .add("Message-ID", ids.own().orElseGet(() -> "<" + UUID.randomUUID() + "@" + practiceDomain + ">"));
        add(fields, "In-Reply-To", ids.conversation(header.inReplyTo()));
        add(fields, "References", ids.conversation(header.references()));
        return fields;
    }

    private static void add(OutgoingHeader fields, String name, List<String> ids) {
        if (!ids.isEmpty()) {
            fields.add(name, String.join("\r\n ", ids));
        }
    }

    private MailContent encrypted(
            ClientThread thread, MailHeader header, OutgoingHeader outside, byte[] body, SigningKey key) {
        Client client = thread.client();
        OutgoingHeader inside =
                identity(thread).addAll(subject(header)).addAll(content(header, ";\r\n protected-headers=\"v1\""));
        byte[] armored = sealer.encryptForCarriage(
                inside.with(body),
                client.certificate().orElseThrow(() -> new IllegalArgumentException("no certificate on file")));
        EncryptedEntity entity = EncryptedEntity.around(armored);
        outside.add("Subject", "...").add("Content-Type", entity.contentType());
        return signed(outside, entity.body(), key);
    }

    private static MailContent signed(OutgoingHeader header, byte[] body, SigningKey key) {
        OutgoingHeader signature = new OutgoingHeader();
        String field = DkimSignature.of(header, body, key);
        signature.addAsIs("DKIM-Signature", field.getBytes(StandardCharsets.US_ASCII));
        return MailContent.of(signature.addAll(header).with(body));
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
        try {
            int start = subject.get().getDelimiterIdx() + 1;
            String text = new String(octets, start, octets.length - start, StandardCharsets.UTF_8)
                    .replaceAll("\\r?\\n[ \\t]+", " ")
                    .strip();
            return one.add(
                    "Subject", MimeUtility.fold("Subject: ".length(), MimeUtility.encodeText(text, "UTF-8", "B")));
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("UTF-8 is part of every JDK", impossible);
        }
    }

    /** The fields that describe the body, as they were written. */
    private static OutgoingHeader content(MailHeader header, String typeParameter) {
        OutgoingHeader fields = new OutgoingHeader();
        for (RawField field : header.fields()) {
            String name = field.getName().toLowerCase(Locale.ROOT);
            byte[] octets = MailHeader.octets(field);
            if (name.equals("content-type")) {
                fields.addAsIs(
                        "Content-Type",
                        OutgoingHeader.join(
                                withoutFinalSemicolon(octets), typeParameter.getBytes(StandardCharsets.US_ASCII)));
            } else if (name.startsWith("content-")) {
                fields.addAsIs(field.getName(), octets);
            }
        }
        if (!typeParameter.isEmpty() && header.fields("Content-Type").isEmpty()) {
            fields.add("Content-Type", PLAIN_TEXT + typeParameter);
        }
        return fields;
    }

    private static byte[] withoutFinalSemicolon(byte[] field) {
        int end = field.length;
        while (end > 0 && FINAL.indexOf(field[end - 1]) >= 0) {
            end--;
        }
        return Arrays.copyOf(field, end);
    }

    private String now() {
        return DATE.format(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }
}
