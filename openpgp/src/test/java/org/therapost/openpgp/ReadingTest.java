package org.therapost.openpgp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.MailStream;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sealing.keys.SecretKey;

/** Reading again, and reading in pieces. */
class ReadingTest {

    private static final int SLICE = 1 << 16;

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Clock.systemUTC());
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final NewKey thread = keys.generate("k7m2qx@practice.example");
    private final SealedKey share = keys.share(thread.secret(), bloom.certificate());
    private final byte[] mail = mail(5 * SLICE + 4711);
    private final SealedMessage sealed =
            new BouncyCastleSealer(Clock.systemUTC()).seal(MailContent.of(mail), Readers.of(thread.certificate()));

    /** A packet at rest that counts how much of it is read, and can be changed. */
    private static final class AtRest implements SealedOctets {

        final byte[] octets;
        int read;

        AtRest(byte[] octets) {
            this.octets = octets.clone();
        }

        @Override
        public int size() {
            return octets.length;
        }

        @Override
        public byte[] read(int from, int length) {
            byte[] piece = Arrays.copyOfRange(octets, from, Math.min(octets.length, from + length));
            read += piece.length;
            return piece;
        }
    }

    @Test
    void a_large_message_is_opened_in_pieces_octet_for_octet() throws Exception {
        MailStream stream = stream(view(), new AtRest(sealed.dataPacket()));
        assertThat(stream.size()).isEqualTo(mail.length);
        assertThat(stream.open()).hasBinaryContent(mail);
    }

    @Test
    void messages_of_any_size_around_a_slice_are_opened_in_pieces() throws Exception {
        for (int size : new int[] {60, 200, SLICE - 60, SLICE - 48, SLICE - 30, SLICE - 26, SLICE, SLICE + 1}) {
            byte[] content = mail(size);
            SealedMessage message = new BouncyCastleSealer(Clock.systemUTC())
                    .seal(MailContent.of(content), Readers.of(bloom.certificate()));
            MailStream stream =
                    view().stream(message, new AtRest(message.dataPacket())).orElseThrow();
            assertThat(stream.open()).as(size + " octets").hasBinaryContent(content);
        }
    }

    @Test
    void a_piece_is_read_without_what_comes_before_it() throws Exception {
        ReaderView view = view();
        stream(view, new AtRest(sealed.dataPacket()));
        AtRest packet = new AtRest(sealed.dataPacket());
        try (InputStream again = stream(view, packet).open()) {
            assertThat(again.skip(3 * SLICE)).isEqualTo(3 * SLICE);
            assertThat(again.readNBytes(1000)).isEqualTo(Arrays.copyOfRange(mail, 3 * SLICE, 3 * SLICE + 1000));
        }
        assertThat(packet.read).as("verified once, and then one slice").isLessThanOrEqualTo(SLICE);
    }

    @Test
    void nothing_is_served_of_a_message_in_which_an_octet_was_changed() throws Exception {
        for (int changed : new int[] {20, SLICE + 17, sealed.dataPacket().length - 1}) {
            AtRest packet = new AtRest(sealed.dataPacket());
            packet.octets[changed] ^= 1;
            assertThatThrownBy(() -> stream(view(), packet))
                    .as("octet " + changed)
                    .isInstanceOf(SealedException.class);
        }
    }

    @Test
    void a_message_that_is_changed_after_it_was_verified_breaks_off_before_the_change() throws Exception {
        AtRest packet = new AtRest(sealed.dataPacket());
        InputStream reading = stream(view(), packet).open();
        packet.octets[2 * SLICE + 100] ^= 1;
        byte[] before = new byte[SLICE];
        assertThat(reading.readNBytes(before, 0, SLICE)).isEqualTo(SLICE);
        assertThat(before).isEqualTo(Arrays.copyOf(mail, SLICE));
        assertThatThrownBy(reading::readAllBytes)
                .isInstanceOf(IOException.class)
                .hasMessageContaining("was changed while it was read");
    }

    @Test
    void a_note_opens_its_message_for_the_next_session_and_is_no_use_to_anybody_else() throws Exception {
        byte[] note = view().note(sealed).orElseThrow();
        NewKey mallory = keys.generate("Mallory <mallory@elsewhere.example>");
        ReaderView hers = keys.view(copy(mallory.secret()), (key, reader) -> Optional.of(share));
        hers.recall(sealed, note);
        assertThatThrownBy(() -> hers.content(sealed)).isInstanceOf(SealedException.class);

        ReaderView next = view();
        next.recall(sealed, note);
        assertThat(next.content(sealed).octets()).isEqualTo(mail);
        assertThat(next.header(sealed)).isEqualTo(MailContent.of(mail).header());
    }

    @Test
    void a_note_without_the_threads_share_opens_nothing() throws Exception {
        byte[] note = view().note(sealed).orElseThrow();
        ReaderView shareless = keys.view(copy(bloom.secret()), (key, reader) -> Optional.empty());
        shareless.recall(sealed, note);
        assertThatThrownBy(() -> shareless.content(sealed)).isInstanceOf(SealedException.class);
    }

    @Test
    void a_damaged_or_misplaced_note_is_disregarded() throws Exception {
        byte[] note = view().note(sealed).orElseThrow();
        SealedMessage other = new BouncyCastleSealer(Clock.systemUTC())
                .seal(MailContent.of(mail(100)), Readers.of(thread.certificate()));
        ReaderView view = view();
        view.recall(other, note);
        assertThat(view.content(other).size()).isEqualTo(100);
        note[note.length - 1] ^= 1;
        view.recall(sealed, note);
        assertThat(view.content(sealed).octets()).isEqualTo(mail);
    }

    @Test
    void a_closed_view_opens_nothing_not_even_what_it_has_opened_before() throws Exception {
        ReaderView view = view();
        view.content(sealed);
        view.close();
        assertThatThrownBy(() -> view.content(sealed)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> view.note(sealed)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> stream(view, new AtRest(sealed.dataPacket()))).isInstanceOf(SealedException.class);
    }

    private MailStream stream(ReaderView view, SealedOctets packet) throws SealedException, IOException {
        SealedMessage withoutData = new SealedMessage(
                sealed.keyPackets(),
                sealed.headerPacket(),
                new byte[0],
                new byte[0],
                sealed.headerSize(),
                sealed.size());
        return view.stream(withoutData, packet).orElseThrow();
    }

    private ReaderView view() {
        KeyShares shares = (key, reader) -> Optional.of(share);
        return keys.view(copy(bloom.secret()), shares);
    }

    private static SecretKey copy(SecretKey secret) {
        return new SecretKey(secret.expose().clone());
    }

    private static byte[] mail(int size) {
        byte[] mail = new byte[size];
        new Random(size).nextBytes(mail);
        byte[] header = "Subject: grief\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(header, 0, mail, 0, header.length);
        return mail;
    }
}
