package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.hostile.HostileOctets;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.domain.sealing.keys.SecretKey;

/**
 * Certificates that somebody brings, and sealed messages that somebody who can write to the database has changed: they are used,
 * or refused in the one way that callers expect. More tries: {@code -Djqwik.tries.default=100000}.
 */
class HostilePacketsTest {

    private static final byte[] MAIL = ("From: Alice <alice@provider.example>\r\nSubject: grief\r\n\r\n"
                    + "Hello.\r\n".repeat(30))
            .getBytes(US_ASCII);

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Clock.systemUTC());
    private final NewKey bloom = keys.generate("Dr Bloom <bloom@practice.example>");
    private final SealedMessage sealed =
            new BouncyCastleSealer(Clock.systemUTC()).seal(MailContent.of(MAIL), Readers.of(bloom.certificate()));

    @Provide
    Arbitrary<byte[]> certificate() {
        byte[] armored = keys.armor(bloom.certificate()).getBytes(US_ASCII);
        return HostileOctets.near(
                List.of(bloom.certificate().encoded(), armored),
                List.of("-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "Comment: x\n", "=AAAA\n"));
    }

    @Provide
    Arbitrary<byte[]> keyPackets() {
        return HostileOctets.near(List.of(sealed.keyPackets()), List.of());
    }

    @Provide
    Arbitrary<byte[]> dataPacket() {
        return HostileOctets.near(List.of(sealed.dataPacket(), sealed.headerPacket()), List.of());
    }

    @Property(seed = "1")
    void any_certificate_is_used_or_refused_with_a_reason(@ForAll("certificate") byte[] brought) {
        Parsed<Certificate> read = keys.read(brought);
        Optional<Certificate> accepted = read.toOptional();
        if (accepted.isPresent()) {
            // What was accepted can be used: a mail can be sealed to it.
            assertThat(keys.fingerprint(accepted.get())).hasSizeGreaterThanOrEqualTo(40);
            assertThat(new BouncyCastleSealer(Clock.systemUTC())
                            .seal(MailContent.of(MAIL), Readers.of(accepted.get()))
                            .size())
                    .isEqualTo(MAIL.length);
        }
    }

    @Property(seed = "2")
    void of_a_message_with_changed_key_packets_all_is_served_or_nothing(@ForAll("keyPackets") byte[] packets) {
        allOrNothing(new SealedMessage(
                packets,
                sealed.headerPacket(),
                sealed.dataPacket(),
                sealed.envelope(),
                sealed.headerSize(),
                sealed.size()));
    }

    @Property(seed = "3")
    void of_a_message_with_a_changed_data_packet_all_is_served_or_nothing(@ForAll("dataPacket") byte[] packet) {
        allOrNothing(new SealedMessage(
                sealed.keyPackets(),
                sealed.headerPacket(),
                packet,
                sealed.envelope(),
                sealed.headerSize(),
                sealed.size()));
        allOrNothing(new SealedMessage(
                sealed.keyPackets(),
                packet,
                sealed.dataPacket(),
                sealed.envelope(),
                sealed.headerSize(),
                sealed.size()));
    }

    private void allOrNothing(SealedMessage changed) {
        byte[] header = Arrays.copyOf(MAIL, sealed.headerSize());
        try (ReaderView view =
                keys.view(new SecretKey(bloom.secret().copy().expose()), (key, reader) -> Optional.empty())) {
            try {
                assertThat(view.content(changed).octets()).isIn(MAIL, header);
            } catch (SealedException refused) {
                assertThat(refused).hasMessageNotContaining("grief");
            }
            try {
                assertThat(view.header(changed)).isIn(MAIL, header);
            } catch (SealedException refused) {
                assertThat(refused).hasMessageNotContaining("grief");
            }
            assertThat(view.stream(changed, new InMemory(changed.dataPacket()))).isNotNull();
        } catch (SealedException refused) {
            assertThat(refused).hasMessageNotContaining("grief");
        } catch (IOException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /** A packet that is there as a whole. */
    private record InMemory(byte[] octets) implements SealedOctets {

        @Override
        public int size() {
            return octets.length;
        }

        @Override
        public byte[] read(int from, int length) {
            return Arrays.copyOfRange(octets, from, Math.min(octets.length, from + length));
        }
    }
}
