package org.therapost.openpgp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import java.util.Random;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.CompressionAlgorithmTags;
import org.bouncycastle.bcpg.PublicKeyPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataGenerator;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.bouncycastle.openpgp.api.OpenPGPKey;
import org.bouncycastle.openpgp.api.OpenPGPKeyGenerator;
import org.bouncycastle.openpgp.api.bc.BcOpenPGPImplementation;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.NewKey;
import org.therapost.openpgp.certificates.Certificates;
import org.therapost.openpgp.packets.Armor;
import org.therapost.openpgp.packets.MessageDecryption;
import org.therapost.openpgp.packets.OctetStrings;
import org.therapost.openpgp.reading.ParsedSecretKey;
import org.therapost.openpgp.reading.UnlockedKeys;

class CarriageTest {

    private static final byte[] ENTITY = Mails.ALICE_WRITES.getBytes(UTF_8);

    private final BouncyCastleKeys keys = new BouncyCastleKeys(Mails.CLOCK);
    private final BouncyCastleSealer sealer = new BouncyCastleSealer(Mails.CLOCK);
    private final NewKey alice = keys.generate("alice@example.net");

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 44, 45, 46, 47, 48, 49, 2_000, 100_000})
    void armor_is_what_bouncy_castle_reads_and_as_long_as_computed(int size) throws IOException {
        byte[] octets = new byte[size + 1];
        new Random(size).nextBytes(octets);
        octets[0] = (byte) 0xC1;
        byte[] armored = Armor.message(octets);
        assertThat(Armor.sizeOfMessage(octets.length)).isEqualTo(armored.length);
        assertThat(new ArmoredInputStream(new ByteArrayInputStream(armored)).readAllBytes())
                .isEqualTo(octets);
        assertThat(new String(armored, US_ASCII).lines())
                .allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(76));
    }

    @Test
    void version_2_is_used_only_where_the_certificate_announces_it() throws Exception {
        OpenPGPKey modern = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_6, false, Date.from(Instant.now()))
                .ed25519x25519Key("bruno@example.net")
                .build();
        Certificate bruno =
                keys.read(modern.toCertificate().getEncoded()).toOptional().orElseThrow();
        byte[] carried = sealer.encryptForCarriage(ENTITY, bruno, Optional.empty());
        assertThat(version(carried)).isEqualTo(SymmetricEncIntegrityPacket.VERSION_2);
        assertThat(sealer.isEncryptedTo(carried, bruno)).isTrue();
        assertThat(open(modern.getEncoded(), binary(carried))).isEqualTo(ENTITY);
        assertThat(version(sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.empty())))
                .isEqualTo(SymmetricEncIntegrityPacket.VERSION_1);
    }

    @Test
    void a_changed_octet_of_version_2_never_yields_other_words() throws Exception {
        OpenPGPKey modern = new OpenPGPKeyGenerator(
                        new BcOpenPGPImplementation(), PublicKeyPacket.VERSION_6, false, Date.from(Instant.now()))
                .ed25519x25519Key("bruno@example.net")
                .build();
        byte[] message = binary(sealer.encryptForCarriage(
                ENTITY,
                keys.read(modern.toCertificate().getEncoded()).toOptional().orElseThrow(),
                Optional.empty()));
        byte[] secret = modern.getEncoded();
        for (int i = 0; i < message.length; i++) {
            byte[] tampered = message.clone();
            tampered[i] ^= 1;
            byte[] opened;
            try {
                opened = open(secret, tampered);
            } catch (SealedException refused) {
                continue;
            }
            // Nothing protects the fingerprint in a key packet, which only says which key to try.
            assertThat(opened).isEqualTo(ENTITY);
        }
    }

    @Test
    void only_what_is_encrypted_to_the_certificate_counts() {
        Certificate other = keys.generate("other@example.net").certificate();
        byte[] armored = sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.empty());
        assertThat(sealer.isEncryptedTo(armored, alice.certificate())).isTrue();
        assertThat(sealer.isEncryptedTo(armored, other)).isFalse();
    }

    @Test
    void plaintext_around_an_encrypted_message_is_noticed() throws IOException {
        String armored = new String(sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.empty()), US_ASCII);
        byte[] binary = binary(armored.getBytes(US_ASCII));
        assertThat(encrypted(("\r\n" + armored + "\r\n").getBytes(US_ASCII))).isTrue();
        assertThat(encrypted(("Hello\r\n" + armored).getBytes(US_ASCII))).isFalse();
        assertThat(encrypted((armored + "I could not sleep\r\n").getBytes(US_ASCII)))
                .isFalse();
        assertThat(encrypted((armored + armored).getBytes(US_ASCII))).isFalse();
        assertThat(encrypted(binary)).isTrue();
        assertThat(encrypted(OctetStrings.join(binary, literal()))).isFalse();
        assertThat(encrypted(OctetStrings.join(binary, binary))).isFalse();
    }

    @Test
    void a_bare_literal_packet_and_garbage_are_not_encrypted() throws IOException {
        assertThat(encrypted(literal())).isFalse();
        assertThat(encrypted(Armor.message(literal()))).isFalse();
        assertThat(encrypted(new byte[0])).isFalse();
        assertThat(encrypted(ENTITY)).isFalse();
        byte[] binary = binary(sealer.encryptForCarriage(ENTITY, alice.certificate(), Optional.empty()));
        Random random = new Random(3);
        for (int i = 0; i < 2_000; i++) {
            byte[] garbage = binary.clone();
            garbage[random.nextInt(garbage.length)] = (byte) random.nextInt();
            garbage[random.nextInt(120)] = (byte) random.nextInt();
            encrypted(garbage);
            encrypted(Arrays.copyOf(binary, random.nextInt(110)));
        }
    }

    @Test
    void compressed_content_is_opened_and_a_bomb_is_not() throws Exception {
        assertThat(open(alice.secret().expose(), compressed(ENTITY))).isEqualTo(ENTITY);
        byte[] bomb = compressed(new byte[MessageDecryption.LARGEST_CONTENT + 1]);
        assertThat(bomb).hasSizeLessThan(1 << 20);
        assertThatThrownBy(() -> open(alice.secret().expose(), bomb))
                .isInstanceOf(SealedException.class)
                .hasMessageContaining("larger");
    }

    private boolean encrypted(byte[] octets) {
        return sealer.isEncryptedTo(octets, alice.certificate());
    }

    private byte[] compressed(byte[] content) throws Exception {
        PGPEncryptedDataGenerator generator = new PGPEncryptedDataGenerator(
                new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256).setWithIntegrityPacket(true));
        generator.addMethod(new Certificates(Mails.CLOCK)
                .get(alice.certificate())
                .sealingKey()
                .method());
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        try (OutputStream encrypted = generator.open(message, new byte[1 << 16]);
                OutputStream compressed = new PGPCompressedDataGenerator(CompressionAlgorithmTags.ZLIB)
                        .open(encrypted, new byte[1 << 16]);
                OutputStream literal = new PGPLiteralDataGenerator()
                        .open(compressed, PGPLiteralData.BINARY, "", content.length, Date.from(Instant.EPOCH))) {
            literal.write(content);
        }
        return message.toByteArray();
    }

    private static byte[] literal() throws IOException {
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        try (OutputStream literal = new PGPLiteralDataGenerator()
                .open(packet, PGPLiteralData.BINARY, "", ENTITY.length, Date.from(Instant.EPOCH))) {
            literal.write(ENTITY);
        }
        return packet.toByteArray();
    }

    private static byte[] open(byte[] secret, byte[] message) throws SealedException {
        return new UnlockedKeys(ParsedSecretKey.read(secret), Mails.NO_SHARES).open(new byte[0], message);
    }

    private static int version(byte[] armored) throws IOException {
        return ((SymmetricEncIntegrityPacket) new PGPEncryptedDataList(binary(armored)).getEncryptedData())
                .getVersion();
    }

    private static byte[] binary(byte[] armored) throws IOException {
        return new ArmoredInputStream(new ByteArrayInputStream(armored)).readAllBytes();
    }
}
