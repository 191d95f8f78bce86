package org.therapost.openpgp.packets;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Date;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;
import org.therapost.domain.sealing.SealedException;

/**
 * A symmetrically encrypted and integrity protected data packet of version 1 (RFC 9580 section 5.13.1) over a literal data
 * packet without name and date, which can be signed.
 *
 * <p>Bouncy Castle's generator always makes a session key of its own and writes its key packets in front. Here two packets
 * share one session key and the key packets are kept apart, so the body is put together here: in one array, digested and
 * encrypted in one call each. Packet headers are Bouncy Castle's.
 */
public final class DataPacket {

    static final int BLOCK = 16;
    static final int PREFIX = BLOCK + 2;
    static final int DIGEST = 20;
    static final int MODIFICATION_DETECTION = 2 + DIGEST;
    static final String CIPHER = "AES/CFB/NoPadding";
    // Lengths take one, two or five octets (RFC 9580 section 4.2.1).
    private static final int[] PACKET_HEADERS = {3, 4, 7};
    private static final int[] LITERAL_HEADERS = {8, 9, 12};
    private static final Date NO_DATE = Date.from(Instant.EPOCH);

    private DataPacket() {}

    /** Seals the first octets of some content; each call takes a fresh random prefix, which is CFB's initial vector. */
    public static byte[] seal(SessionKey key, byte[] content, int length) {
        return seal(key, content, length, ContentSignature.NONE);
    }

    /** Seals signed content. */
    public static byte[] seal(SessionKey key, byte[] content, int length, ContentSignature signature) {
        try {
            byte[] before = OctetStrings.join(signature.before(), literalHeader(length));
            byte[] after = signature.after();
            byte[] body = new byte[PREFIX + before.length + length + after.length + MODIFICATION_DETECTION];
            prefix(body);
            System.arraycopy(before, 0, body, PREFIX, before.length);
            System.arraycopy(content, 0, body, PREFIX + before.length, length);
            System.arraycopy(after, 0, body, PREFIX + before.length + length, after.length);
            modificationDetection(body);

            byte[] header = header(body.length);
            byte[] packet = new byte[header.length + body.length];
            System.arraycopy(header, 0, packet, 0, header.length);
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.octets(), "AES"),
                    // The prefix takes the place of the initial vector, which is zero (RFC 9580 section 5.13.1).
                    new IvParameterSpec(new byte[BLOCK]));
            cipher.doFinal(body, 0, body.length, packet, header.length);
            return packet;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES and SHA-1 are part of every JDK", broken);
        }
    }

    /**
     * Opens what {@link #seal} made, in one array; empty if the packet has another form, which {@link MessageDecryption} reads.
     *
     * @throws SealedException if an octet was changed, or the key is another one
     */
    public static Optional<byte[]> open(SessionKey key, byte[] packet) throws SealedException {
        int start = startOfBody(packet, packet.length);
        if (start < 0) {
            return Optional.empty();
        }
        byte[] body = decrypted(key, packet, start);
        int end = body.length - MODIFICATION_DETECTION;
        if (body[BLOCK] != body[BLOCK - 2] || body[BLOCK + 1] != body[BLOCK - 1] || !unchanged(body, end)) {
            throw new SealedException("the message was changed after it was sealed");
        }
        try {
            int literal = startOfContent(body, end - PREFIX);
            return literal < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(body, PREFIX + literal, end));
        } finally {
            Arrays.fill(body, (byte) 0);
        }
    }

    /**
     * Octets before the encrypted body; -1 if the packet does not begin as ours do.
     *
     * @param packet its beginning at least
     * @param size octets of the whole packet
     */
    static int startOfBody(byte[] packet, int size) {
        for (int length : PACKET_HEADERS) {
            int body = size - length;
            if (body >= PREFIX + MODIFICATION_DETECTION && begins(packet, 0, header(body), length)) {
                return length;
            }
        }
        return -1;
    }

    /**
     * Octets of the literal packet's header; -1 if the content is not such a packet as we write.
     *
     * @param body its decrypted beginning at least
     * @param literalPacket octets of the literal packet
     */
    static int startOfContent(byte[] body, int literalPacket) {
        for (int length : LITERAL_HEADERS) {
            int content = literalPacket - length;
            if (content >= 0 && begins(body, PREFIX, literalHeader(content), length)) {
                return length;
            }
        }
        return -1;
    }

    private static boolean begins(byte[] octets, int at, byte[] with, int length) {
        return with.length == length
                && octets.length >= at + length
                && Arrays.equals(octets, at, at + length, with, 0, length);
    }

    private static byte[] decrypted(SessionKey key, byte[] packet, int start) {
        try {
            Cipher cipher = Cipher.getInstance(CIPHER);
            cipher.init(
                    Cipher.DECRYPT_MODE, new SecretKeySpec(key.octets(), "AES"), new IvParameterSpec(new byte[BLOCK]));
            return cipher.doFinal(packet, start, packet.length - start);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES is part of every JDK", broken);
        }
    }

    private static boolean unchanged(byte[] body, int at) {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            sha1.update(body, 0, at + 2);
            return body[at] == (byte) (0xC0 | PacketTags.MOD_DETECTION_CODE)
                    && body[at + 1] == DIGEST
                    && MessageDigest.isEqual(sha1.digest(), Arrays.copyOfRange(body, at + 2, at + 2 + DIGEST));
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("SHA-1 is part of every JDK", broken);
        }
    }

    private static void prefix(byte[] body) {
        byte[] random = SessionKey.random(BLOCK);
        System.arraycopy(random, 0, body, 0, BLOCK);
        body[BLOCK] = random[BLOCK - 2];
        body[BLOCK + 1] = random[BLOCK - 1];
    }

    private static void modificationDetection(byte[] body) throws GeneralSecurityException {
        int at = body.length - MODIFICATION_DETECTION;
        body[at] = (byte) (0xC0 | PacketTags.MOD_DETECTION_CODE);
        body[at + 1] = DIGEST;
        MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
        sha1.update(body, 0, at + 2);
        sha1.digest(body, at + 2, DIGEST);
    }

    private static byte[] literalHeader(int length) {
        ByteArrayOutputStream header = new ByteArrayOutputStream(16);
        try {
            // Not closed: it would complain that the content, which goes straight into the body, is missing.
            OutputStream unused =
                    new PGPLiteralDataGenerator().open(header, PGPLiteralData.BINARY, "", length, NO_DATE);
            unused.flush();
            return header.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }

    private static byte[] header(int bodyLength) {
        ByteArrayOutputStream header = new ByteArrayOutputStream(16);
        try {
            BCPGOutputStream packet = new BCPGOutputStream(header, PacketTags.SYM_ENC_INTEGRITY_PRO, 1L + bodyLength);
            SymmetricEncIntegrityPacket.createVersion1Packet().encode(packet);
            packet.flush();
            return header.toByteArray();
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
        }
    }
}
