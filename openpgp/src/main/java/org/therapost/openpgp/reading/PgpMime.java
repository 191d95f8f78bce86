package org.therapost.openpgp.reading;

import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.regex.Pattern;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.PgpMimeEnvelope;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.openpgp.packets.Armor;
import org.therapost.openpgp.packets.KeyPackets;
import org.therapost.openpgp.packets.OctetStrings;

/**
 * The PGP/MIME entity (RFC 3156 section 4) in which a message is served that the server cannot open: the envelope, the
 * armored message, the closing boundary. The envelope is made once, when the message is sealed; serving only puts the
 * parts together, so that the same octets come every time, as IMAP demands.
 */
public final class PgpMime {

    /** It cannot occur in what it delimits: neither Base64 nor the armor's own lines contain {@code =_}. */
    private static final String BOUNDARY = "=_sealed";

    private static final byte[] CLOSE = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII);
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss '+0000'", Locale.ENGLISH);
    private static final Pattern MESSAGE_ID = Pattern.compile("<[\\x21-\\x3B\\x3D\\x3F-\\x7E]{1,900}>");

    private PgpMime() {}

    /** Everything before the armor. */
    public static byte[] envelope(PgpMimeEnvelope envelope) {
        return String.join(
                        "\r\n",
                        "From: " + envelope.from().value(),
                        "To: " + envelope.to().value(),
                        "Date: " + DATE.format(envelope.date().atOffset(ZoneOffset.UTC)),
                        "Message-ID: " + messageId(envelope),
                        // What GnuPG, Thunderbird and Apple Mail write for a subject that is inside.
                        "Subject: ...",
                        "MIME-Version: 1.0",
                        "Content-Type: multipart/encrypted; protocol=\"application/pgp-encrypted\";",
                        " boundary=\"" + BOUNDARY + "\"",
                        "",
                        "--" + BOUNDARY,
                        "Content-Type: application/pgp-encrypted",
                        "",
                        "Version: 1",
                        "",
                        "--" + BOUNDARY,
                        "Content-Type: application/octet-stream; name=\"encrypted.asc\"",
                        "Content-Disposition: inline; filename=\"encrypted.asc\"",
                        "",
                        "")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** Octets of the entity around so many octets of OpenPGP. */
    public static int size(byte[] envelope, int binary) {
        return Math.toIntExact(envelope.length + Armor.sizeOfMessage(binary) + CLOSE.length);
    }

    /** Octets of the outer header section with the empty line that ends it. */
    public static int headerSize(byte[] envelope) {
        return MailContent.of(envelope).headerSize();
    }

    /** Whether a message is served in this form. */
    static boolean serves(SealedMessage message) {
        return message.envelope().length > 0;
    }

    static byte[] header(SealedMessage message) {
        return Arrays.copyOf(message.envelope(), message.headerSize());
    }

    static MailContent entity(SealedMessage message) throws SealedException {
        if (message.envelope().length == message.size()) {
            return MailContent.of(message.envelope());
        }
        byte[] armor = Armor.message(OctetStrings.join(KeyPackets.last(message.keyPackets()), message.dataPacket()));
        return MailContent.of(OctetStrings.join(message.envelope(), armor, CLOSE));
    }

    /** The identifier can come from outside: one that would break the header is replaced. */
    private static String messageId(PgpMimeEnvelope envelope) {
        if (MESSAGE_ID.matcher(envelope.messageId()).matches()) {
            return envelope.messageId();
        }
        return "<" + UUID.randomUUID() + "@" + envelope.to().domain() + ">";
    }
}
