package org.therapost.openpgp.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.ArmoredInputStream;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.InputStreamPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;

/**
 * Tells whether octets are an encrypted OpenPGP message and nothing besides: key packets, one packet of
 * integrity-protected data, the end. Bouncy Castle's readers also take a bare literal packet for a message; and an armored
 * message between lines of plaintext is not encrypted either.
 */
public final class EncryptedMessage {

    private static final String BEGIN = "-----BEGIN PGP MESSAGE-----";
    private static final String END = "-----END PGP MESSAGE-----";

    /** Octets of the least that integrity-protected data can be: version, prefix, digest. */
    private static final int SHORTEST = 1 + 18 + 22;

    private EncryptedMessage() {}

    /** Key IDs of the recipients that are named; none if the octets are anything but an encrypted message. */
    public static Set<Long> recipients(byte[] octets) {
        try {
            return recipients(new BCPGInputStream(packets(octets)));
        } catch (IOException | RuntimeException garbage) {
            return Set.of();
        }
    }

    private static Set<Long> recipients(BCPGInputStream packets) throws IOException {
        PGPEncryptedDataList message = new PGPEncryptedDataList(packets);
        InputStreamPacket data = message.getEncryptedData();
        if (!(data instanceof SymmetricEncIntegrityPacket || data instanceof AEADEncDataPacket)) {
            return Set.of();
        }
        long body = data.getInputStream().transferTo(OutputStream.nullOutputStream());
        if (body < SHORTEST - 1 || packets.nextPacketTag() != -1) {
            return Set.of();
        }
        Set<Long> recipients = new HashSet<>();
        for (PGPEncryptedData method : message) {
            if (method instanceof PGPPublicKeyEncryptedData key) {
                recipients.add(key.getKeyIdentifier().getKeyId());
            }
        }
        recipients.remove(0L);
        return recipients;
    }

    private static InputStream packets(byte[] octets) throws IOException {
        // Every packet begins with an octet whose highest bit is set (RFC 9580 section 4.2); no ASCII has it.
        if (octets.length == 0 || octets[0] < 0) {
            return new ByteArrayInputStream(octets);
        }
        String text = new String(octets, StandardCharsets.ISO_8859_1).strip();
        if (!text.startsWith(BEGIN) || text.indexOf(END) != text.length() - END.length()) {
            throw new IOException("not one armored message and nothing else");
        }
        return new ArmoredInputStream(new ByteArrayInputStream(octets));
    }
}
