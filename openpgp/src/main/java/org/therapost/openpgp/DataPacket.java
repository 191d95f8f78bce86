package org.therapost.openpgp;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Date;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.bcpg.BCPGOutputStream;
import org.bouncycastle.bcpg.PacketTags;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPLiteralDataGenerator;

/**
 * A symmetrically encrypted and integrity protected data packet of version 1 (RFC 9580 section 5.13.1) over a literal data
 * packet without name and date.
 *
 * <p>Bouncy Castle's generator always makes a session key of its own and writes its key packets in front. Here two packets
 * share one session key and the key packets are kept apart, so the body is put together here: in one array, digested and
 * encrypted in one call each. Packet headers are Bouncy Castle's.
 */
final class DataPacket {

    private static final int BLOCK = 16;
    private static final int PREFIX = BLOCK + 2;
    private static final int DIGEST = 20;
    private static final int MODIFICATION_DETECTION = 2 + DIGEST;
    private static final Date NO_DATE = Date.from(Instant.EPOCH);

    private DataPacket() {}

    /** Seals the first octets of some content; each call takes a fresh random prefix, which is CFB's initial vector. */
    static byte[] seal(SessionKey key, byte[] content, int length) {
        try {
            byte[] literal = literalHeader(length);
            byte[] body = new byte[PREFIX + literal.length + length + MODIFICATION_DETECTION];
            prefix(body);
            System.arraycopy(literal, 0, body, PREFIX, literal.length);
            System.arraycopy(content, 0, body, PREFIX + literal.length, length);
            modificationDetection(body);

            byte[] header = header(body.length);
            byte[] packet = new byte[header.length + body.length];
            System.arraycopy(header, 0, packet, 0, header.length);
            Cipher cipher = Cipher.getInstance("AES/CFB/NoPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    new SecretKeySpec(key.octets(), "AES"),
                    // The prefix takes the place of the initial vector, which is zero (RFC 9580 section 5.13.1).
                    new IvParameterSpec(new byte[BLOCK]));
            cipher.doFinal(body, 0, body.length, packet, header.length);
            return packet;
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES and SHA-1 are part of every JDK", broken);
        } catch (IOException inMemory) {
            throw new UncheckedIOException(inMemory);
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

    private static byte[] literalHeader(int length) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        // Not closed: it would complain that the content, which goes straight into the body, is missing.
        OutputStream unused = new PGPLiteralDataGenerator().open(header, PGPLiteralData.BINARY, "", length, NO_DATE);
        unused.flush();
        return header.toByteArray();
    }

    private static byte[] header(int bodyLength) throws IOException {
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        BCPGOutputStream packet = new BCPGOutputStream(header, PacketTags.SYM_ENC_INTEGRITY_PRO, 1L + bodyLength);
        SymmetricEncIntegrityPacket.createVersion1Packet().encode(packet);
        packet.flush();
        return header.toByteArray();
    }
}
