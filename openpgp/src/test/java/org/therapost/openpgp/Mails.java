package org.therapost.openpgp;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.PgpMimeEnvelope;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.SealedKey;

/** Mail of Alice's, and who may read it. */
final class Mails {

    static final Clock CLOCK = Clock.systemUTC();
    static final KeyShares NO_SHARES = (threadKeyId, readerKeyId) -> Optional.empty();

    static final String ALICE_WRITES = """
            From: alice@example.net
            To: k7m2qx@practice.example
            Subject: Thursday
            MIME-Version: 1.0
            Content-Type: text/plain; charset=utf-8

            I could not sleep again.
            --\s
            Alice
            """.replace("\n", "\r\n");

    private Mails() {}

    static MailContent mail(String text) {
        return MailContent.of(text.getBytes(StandardCharsets.UTF_8));
    }

    static MailContent large(int size) {
        byte[] octets = new byte[size];
        new Random(7).nextBytes(octets);
        byte[] header = "Subject: large\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, octets, 0, header.length);
        return MailContent.of(octets);
    }

    static PgpMimeEnvelope envelope(String messageId) {
        return new PgpMimeEnvelope(
                EmailAddress.of("k7m2qx@practice.example"),
                EmailAddress.of("bloom@practice.example"),
                Instant.parse("2026-11-03T09:05:07Z"),
                messageId);
    }

    static Readers ownCustody(Certificate... certificates) {
        return new Readers(List.of(certificates), Optional.of(envelope("<1@mail.example.net>")));
    }

    static KeyShares only(long threadKeyId, SealedKey share) {
        return (thread, reader) ->
                thread == threadKeyId && reader == share.readerKeyId() ? Optional.of(share) : Optional.empty();
    }
}
