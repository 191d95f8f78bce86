package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.keys.NewKey;

class EnvelopeTest {

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final BouncyCastleSealer sealer = new BouncyCastleSealer(Mails.CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final NewKey thread = keys.generate("k7m2qx@practice.example");
    private final ReaderView served = keys.closedView();

    @ParameterizedTest
    @ValueSource(ints = {17, 18, 19, 60, 61, 62, 63, 64, 65, 66, 2_048, 100_000, 1_048_576})
    void the_sizes_are_those_of_the_octets_served(int size) throws SealedException {
        SealedMessage sealed = sealer.seal(
                Mails.large(Math.max(size, 18)), Mails.ownCustody(thread.certificate(), bloom.certificate()));
        MailContent entity = served.content(sealed);
        assertThat(entity.size()).isEqualTo(sealed.size());
        assertThat(entity.headerSize()).isEqualTo(sealed.headerSize());
        assertThat(served.header(sealed)).isEqualTo(entity.header());
        assertThat(served.content(sealed).octets()).isEqualTo(entity.octets());
        assertThat(sealed.headerPacket()).isEmpty();
    }

    @Test
    void the_outside_shows_addresses_and_date_and_no_subject() throws SealedException {
        SealedMessage sealed = sealer.seal(
                Mails.mail(Mails.ALICE_WRITES), Mails.ownCustody(thread.certificate(), bloom.certificate()));
        assertThat(new String(served.header(sealed), US_ASCII)).isEqualTo("""
                        From: k7m2qx@practice.example
                        To: bloom@practice.example
                        Date: Tue, 3 Nov 2026 09:05:07 +0000
                        Message-ID: <1@mail.example.net>
                        Subject: ...
                        MIME-Version: 1.0
                        Content-Type: multipart/encrypted; protocol="application/pgp-encrypted";
                         boundary="=_sealed"

                        """.replace("\n", "\r\n"));
        assertThat(new String(served.content(sealed).octets(), US_ASCII))
                .endsWith("-----END PGP MESSAGE-----\r\n\r\n--=_sealed--\r\n")
                .doesNotContain("Thursday");
    }

    @Test
    void what_is_served_is_encrypted_to_the_therapist_alone() throws SealedException {
        SealedMessage sealed = sealer.seal(
                Mails.mail(Mails.ALICE_WRITES), Mails.ownCustody(thread.certificate(), bloom.certificate()));
        byte[] armor = armorOf(served.content(sealed));
        assertThat(sealer.isEncryptedTo(armor, bloom.certificate())).isTrue();
        assertThat(sealer.isEncryptedTo(armor, thread.certificate())).isFalse();
    }

    @Test
    void an_unlocked_view_serves_an_envelope_as_it_was_counted() throws SealedException {
        SealedMessage sealed = sealer.seal(
                Mails.mail(Mails.ALICE_WRITES), Mails.ownCustody(thread.certificate(), bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            assertThat(view.content(sealed).octets())
                    .isEqualTo(served.content(sealed).octets());
            assertThat(view.header(sealed)).isEqualTo(served.header(sealed));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"<a@b>\r\nBcc: eve@example.org", "", "no brackets", "<two@b> <ids@c>", "<sp ace@b>", "<\u00fc@b>"
            })
    void a_message_identifier_from_outside_cannot_break_the_header(String messageId) throws SealedException {
        Readers readers = new Readers(List.of(bloom.certificate()), Optional.of(Mails.envelope(messageId)));
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), readers);
        assertThat(new String(served.header(sealed), UTF_8))
                .doesNotContain("Bcc")
                .containsPattern("\r\nMessage-ID: <[0-9a-f-]{36}@practice.example>\r\n");
    }

    @Test
    void a_message_without_envelope_stays_sealed_for_who_has_no_key() {
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        assertThatThrownBy(() -> served.content(sealed)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> served.header(sealed)).isInstanceOf(SealedException.class);
    }

    static byte[] armorOf(MailContent entity) {
        String text = new String(entity.octets(), US_ASCII);
        return text.substring(text.indexOf("-----BEGIN PGP"), text.indexOf("\r\n--=_sealed--"))
                .getBytes(US_ASCII);
    }
}
