package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.Sealer;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sealing.keys.SecretKey;

class SealingTest {

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final Sealer sealer = new BouncyCastleSealer(Mails.CLOCK);
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");

    static Stream<MailContent> every_kind_of_mail() {
        return Stream.of(
                Mails.mail(Mails.ALICE_WRITES),
                Mails.mail("Subject: no body\r\n\r\n"),
                Mails.mail("Subject: header only\r\n"),
                Mails.mail(""),
                Mails.mail("\r\nno header"),
                Mails.mail("Subject: bare\n\nline\nfeeds\n"),
                Mails.mail("Subject: gr\u00fc\u00df\r\n\r\nZw\u00f6lf Boxk\u00e4mpfer \ud83d\udc4b\r\n"),
                MailContent.of(
                        new byte[] {'A', ':', ' ', (byte) 0xE9, '\r', '\n', '\r', '\n', 0, (byte) 0x80, (byte) 0xFF}),
                Mails.large(190),
                Mails.large(191),
                Mails.large(192),
                Mails.large(8_383),
                Mails.large(8_384),
                Mails.large(1 << 20),
                Mails.large((1 << 20) + 1));
    }

    @ParameterizedTest
    @MethodSource("every_kind_of_mail")
    void what_is_sealed_is_opened_octet_for_octet(MailContent mail) throws SealedException {
        SealedMessage sealed = sealer.seal(mail, Readers.of(bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            assertThat(view.content(sealed).octets()).isEqualTo(mail.octets());
            assertThat(view.header(sealed)).isEqualTo(mail.header());
        }
        assertThat(sealed.size()).isEqualTo(mail.size());
        assertThat(sealed.headerSize()).isEqualTo(mail.headerSize());
        assertThat(sealed.envelope()).isEmpty();
    }

    @Test
    void nothing_of_the_words_is_visible_in_what_is_stored() {
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        for (byte[] part : List.of(sealed.keyPackets(), sealed.headerPacket(), sealed.dataPacket())) {
            assertThat(new String(part, UTF_8)).doesNotContain("Thursday").doesNotContain("sleep");
        }
    }

    @Test
    void two_messages_and_the_two_packets_of_one_never_share_a_beginning() {
        MailContent headerOnly = Mails.mail("Subject: the whole mail is a header\r\n\r\n");
        SealedMessage first = sealer.seal(headerOnly, Readers.of(bloom.certificate()));
        SealedMessage second = sealer.seal(headerOnly, Readers.of(bloom.certificate()));
        assertThat(first.headerPacket()).hasSameSizeAs(first.dataPacket());
        assertThat(Arrays.copyOfRange(first.headerPacket(), 3, 19))
                .isNotEqualTo(Arrays.copyOfRange(first.dataPacket(), 3, 19));
        assertThat(first.dataPacket()).isNotEqualTo(second.dataPacket());
    }

    @Test
    void a_thread_is_read_through_the_therapists_share_which_is_fetched_once() throws SealedException {
        NewKey thread = keys.generate("k7m2qx@practice.example");
        SealedKey share = keys.share(thread.secret(), bloom.certificate());
        long threadKeyId = keys.encryptionKeyId(thread.certificate());
        AtomicInteger fetched = new AtomicInteger();
        KeyShares shares = (threadKey, reader) -> {
            fetched.incrementAndGet();
            return Mails.only(threadKeyId, share).find(threadKey, reader);
        };
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), shares)) {
            assertThat(view.header(sealed))
                    .isEqualTo(Mails.mail(Mails.ALICE_WRITES).header());
            assertThat(view.content(sealed).octets()).isEqualTo(Mails.ALICE_WRITES.getBytes(UTF_8));
        }
        assertThat(share.readerKeyId()).isEqualTo(keys.encryptionKeyId(bloom.certificate()));
        assertThat(fetched).hasValue(1);
    }

    @Test
    void without_the_share_the_thread_stays_sealed_and_can_be_read_once_it_is_there() throws SealedException {
        NewKey thread = keys.generate("k7m2qx@practice.example");
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.certificate()));
        List<SealedKey> given = new ArrayList<>();
        try (ReaderView view =
                keys.view(bloom.secret(), (t, r) -> given.stream().findFirst())) {
            assertThatThrownBy(() -> view.content(sealed)).isInstanceOf(SealedException.class);
            given.add(keys.share(thread.secret(), bloom.certificate()));
            assertThat(view.content(sealed).octets()).isEqualTo(Mails.ALICE_WRITES.getBytes(UTF_8));
        }
    }

    @Test
    void a_share_for_somebody_else_opens_nothing() {
        NewKey thread = keys.generate("k7m2qx@practice.example");
        NewKey other = keys.generate("Dr Other <other@practice.example>");
        SealedKey foreign = keys.share(thread.secret(), other.certificate());
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), (t, r) -> Optional.of(foreign))) {
            assertThatThrownBy(() -> view.content(sealed)).isInstanceOf(SealedException.class);
        }
    }

    @Test
    void each_of_several_readers_opens_alone() throws SealedException {
        NewKey thread = keys.generate("k7m2qx@practice.example");
        SealedMessage sealed =
                sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(thread.certificate(), bloom.certificate()));
        for (NewKey reader : List.of(thread, bloom)) {
            try (ReaderView view = keys.view(reader.secret(), Mails.NO_SHARES)) {
                assertThat(view.content(sealed).octets()).isEqualTo(Mails.ALICE_WRITES.getBytes(UTF_8));
            }
        }
    }

    @Test
    void another_key_opens_nothing() {
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        NewKey mallory = keys.generate("mallory@example.org");
        try (ReaderView view = keys.view(mallory.secret(), Mails.NO_SHARES)) {
            assertThatThrownBy(() -> view.content(sealed)).isInstanceOf(SealedException.class);
            assertThatThrownBy(() -> view.header(sealed)).isInstanceOf(SealedException.class);
        }
    }

    @Test
    void a_changed_octet_anywhere_keeps_the_message_sealed() {
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            for (int i = 0; i < sealed.dataPacket().length; i++) {
                SealedMessage tampered = withData(sealed, flipped(sealed.dataPacket(), i));
                assertThatThrownBy(() -> view.content(tampered)).isInstanceOf(SealedException.class);
            }
            for (int i = 0; i < sealed.dataPacket().length; i++) {
                SealedMessage cut = withData(sealed, Arrays.copyOf(sealed.dataPacket(), i));
                assertThatThrownBy(() -> view.content(cut)).isInstanceOf(SealedException.class);
            }
        }
    }

    @Test
    void changed_key_packets_never_yield_other_words() {
        MailContent mail = Mails.mail(Mails.ALICE_WRITES);
        SealedMessage sealed = sealer.seal(mail, Readers.of(bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            for (int i = 0; i < sealed.keyPackets().length; i++) {
                SealedMessage tampered = new SealedMessage(
                        flipped(sealed.keyPackets(), i),
                        sealed.headerPacket(),
                        sealed.dataPacket(),
                        sealed.envelope(),
                        sealed.headerSize(),
                        sealed.size());
                byte[] opened;
                try {
                    opened = view.content(tampered).octets();
                } catch (SealedException refused) {
                    continue;
                }
                assertThat(opened).isEqualTo(mail.octets());
            }
        }
    }

    @Test
    void a_packet_of_another_message_does_not_open_with_these_keys() {
        SealedMessage one = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        SealedMessage other = sealer.seal(Mails.mail("Subject: other\r\n\r\n"), Readers.of(bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            assertThatThrownBy(() -> view.content(withData(one, other.dataPacket())))
                    .isInstanceOf(SealedException.class);
        }
    }

    @Test
    void a_closed_view_opens_nothing_and_the_secret_is_wiped() {
        SealedMessage sealed = sealer.seal(Mails.mail(Mails.ALICE_WRITES), Readers.of(bloom.certificate()));
        SecretKey secret = bloom.secret();
        ReaderView view = keys.view(secret, Mails.NO_SHARES);
        view.close();
        view.close();
        assertThatThrownBy(() -> view.content(sealed)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> view.header(sealed)).isInstanceOf(SealedException.class);
        assertThat(secret.expose()).containsOnly(0);
    }

    @Test
    void many_connections_use_one_view_at_once() throws Exception {
        NewKey thread = keys.generate("k7m2qx@practice.example");
        SealedKey share = keys.share(thread.secret(), bloom.certificate());
        KeyShares shares = Mails.only(keys.encryptionKeyId(thread.certificate()), share);
        SealedMessage sealed = sealer.seal(Mails.large(20_000), Readers.of(thread.certificate()));
        ExecutorService connections = Executors.newFixedThreadPool(8);
        try (ReaderView view = keys.view(bloom.secret(), shares)) {
            List<Future<byte[]>> read = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                read.add(connections.submit(() -> view.content(sealed).octets()));
            }
            for (Future<byte[]> one : read) {
                assertThat(one.get()).isEqualTo(Mails.large(20_000).octets());
            }
        } finally {
            connections.shutdownNow();
        }
    }

    @Test
    void a_message_of_fifty_megabytes_is_sealed_and_opened() throws SealedException {
        MailContent mail = Mails.large(50_000_000);
        SealedMessage sealed = sealer.seal(mail, Readers.of(bloom.certificate()));
        try (ReaderView view = keys.view(bloom.secret(), Mails.NO_SHARES)) {
            assertThat(Arrays.equals(view.content(sealed).octets(), mail.octets()))
                    .isTrue();
        }
    }

    private static SealedMessage withData(SealedMessage sealed, byte[] dataPacket) {
        return new SealedMessage(
                sealed.keyPackets(),
                sealed.headerPacket(),
                dataPacket,
                sealed.envelope(),
                sealed.headerSize(),
                sealed.size());
    }

    private static byte[] flipped(byte[] octets, int at) {
        byte[] changed = octets.clone();
        changed[at] ^= 1;
        return changed;
    }
}
