package org.therapost.mailets.mime;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.SigningSubkey;

/**
 * The last thing that happens to a letter for a client: from whom and to whom it is, the way in which it may travel, and
 * the practice's signature. Nobody else writes these fields.
 */
public final class OutgoingMessageWriter {

    /** What a body without a {@code Content-Type} is: RFC 2045 section 5.2. */
    public static final String PLAIN_TEXT = "text/plain; charset=us-ascii";

    /** What GnuPG, Thunderbird and Apple Mail write for a subject that is inside. */
    private static final String HIDDEN_SUBJECT = "...";

    // RFC 5322 section 3.3; Locale.ENGLISH, since names of days and months are not translated.
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final SigningKeys signingKeys;
    private final SigningSubkeys signingSubkeys;
    private final Sealer sealer;
    private final Clock clock;

    public OutgoingMessageWriter(SigningKeys signingKeys, SigningSubkeys signingSubkeys, Sealer sealer, Clock clock) {
        this.signingKeys = signingKeys;
        this.signingSubkeys = signingSubkeys;
        this.sealer = sealer;
        this.clock = clock;
    }

    /**
     * What is said.
     *
     * @param outside fields that anyone on the way may see, {@code Message-ID} among them
     * @param subject the {@code Subject}, or none
     * @param content the {@code Content-*} fields, in order
     */
    public record Letter(OutgoingHeader outside, OutgoingHeader subject, OutgoingHeader content, byte[] body) {}

    /**
     * Makes a letter ready to travel.
     *
     * @param carriage {@link Carriage#OPENPGP} or {@link Carriage#TLS}
     */
    public MailContent prepare(ClientThread thread, Letter letter, Carriage carriage) throws CannotTellException {
        SigningKey key = signingKeys.of(thread.therapist().practice());
        return switch (carriage) {
            case TLS -> signed(open(thread, letter), letter.body(), key);
            case OPENPGP -> encrypted(thread, letter, key);
            case WAIT -> throw new IllegalArgumentException("what waits is not composed yet");
        };
    }

    /** The letter as it will wait: neither signed nor encrypted. */
    public MailContent draft(ClientThread thread, Letter letter) {
        return MailContent.of(open(thread, letter).with(letter.body()));
    }

    /** The present time as header fields give it. */
    public String date() {
        return DATE.format(ZonedDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
    }

    private OutgoingHeader open(ClientThread thread, Letter letter) {
        return outside(thread, letter).addAll(letter.subject()).addAll(letter.content());
    }

    private OutgoingHeader outside(ClientThread thread, Letter letter) {
        return identity(thread).addAll(letter.outside()).add("MIME-Version", "1.0");
    }

    private OutgoingHeader identity(ClientThread thread) {
        return new OutgoingHeader()
                .add("From", thread.address().value())
                .add("To", thread.client().address().value())
                .add("Date", date());
    }

    /**
     * Encrypted and signed inside. The whole header section is protected (RFC 9788), also in the older way that programs before that
     * know; what is not in the outer one is the subject.
     */
    private MailContent encrypted(ClientThread thread, Letter letter, SigningKey key) throws CannotTellException {
        Optional<SigningSubkey> signing = signingSubkeys.of(thread.id());
        OutgoingHeader autocrypt = new OutgoingHeader();
        signing.ifPresent(subkey -> autocrypt.add("Autocrypt", AutocryptField.of(thread.address(), subkey)));
        OutgoingHeader common = identity(thread).addAll(letter.outside()).addAll(autocrypt);
        OutgoingHeader shown =
                new OutgoingHeader().addAll(common).add("MIME-Version", "1.0").add("Subject", HIDDEN_SUBJECT);
        OutgoingHeader inside = new OutgoingHeader()
                .addAll(common)
                .addAll(letter.subject())
                .addAll(shown.asSeenOutside())
                .addAll(letter.content()
                        .withTypeParameter("protected-headers=\"v1\"", PLAIN_TEXT)
                        .withTypeParameter("hp=\"cipher\"", PLAIN_TEXT));
        byte[] armored = sealer.encryptForCarriage(
                inside.with(letter.body()),
                thread.client().certificate().orElseThrow(() -> new IllegalArgumentException("no certificate on file")),
                signing);
        EncryptedEntity entity = EncryptedEntity.around(armored);
        return signed(shown.add("Content-Type", entity.contentType()), entity.body(), key);
    }

    private static MailContent signed(OutgoingHeader header, byte[] body, SigningKey key) {
        OutgoingHeader signature = new OutgoingHeader();
        String field = DkimSignature.of(header, body, key);
        signature.addAsIs("DKIM-Signature", field.getBytes(StandardCharsets.US_ASCII));
        return MailContent.of(signature.addAll(header).with(body));
    }
}
