package org.therapost.openpgp.packets;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.BCPGInputStream;
import org.bouncycastle.bcpg.ContainedPacket;
import org.bouncycastle.bcpg.Packet;
import org.bouncycastle.bcpg.PacketFormat;
import org.bouncycastle.bcpg.PublicKeyEncSessionPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.operator.PGPDataEncryptorBuilder;
import org.bouncycastle.openpgp.operator.bc.BcPGPDataEncryptorBuilder;
import org.therapost.domain.sealing.SealedException;

/** Public-key encrypted session key packets of version 3 (RFC 9580 section 5.1.1), one for each reader, in their order. */
public final class KeyPackets {

    /** Only tells the key packet which cipher the session key is for. */
    private static final PGPDataEncryptorBuilder CIPHER =
            new BcPGPDataEncryptorBuilder(SymmetricKeyAlgorithmTags.AES_256);

    private KeyPackets() {}

    public static byte[] seal(SessionKey key, EncryptionKey reader) {
        try {
            return encoded(reader.method().generate(CIPHER, key.octets()));
        } catch (PGPException | IOException unusable) {
            throw new IllegalStateException("the certificate was checked when it came on file", unusable);
        }
    }

    /** Key IDs of the recipients, in order; 0 for one that is hidden. */
    public static List<Long> recipients(byte[] keyPackets) throws SealedException {
        try {
            List<Long> recipients = new ArrayList<>();
            BCPGInputStream packets = new BCPGInputStream(new ByteArrayInputStream(keyPackets));
            for (Packet packet = packets.readPacket(); packet != null; packet = packets.readPacket()) {
                if (packet instanceof PublicKeyEncSessionPacket sealed) {
                    recipients.add(sealed.getKeyID());
                }
            }
            return recipients;
        } catch (IOException | RuntimeException damaged) {
            throw new SealedException("the key packets are damaged", damaged);
        }
    }

    /** The last of our own packets: by contract that of the reader whose program opens an envelope. */
    public static byte[] last(byte[] keyPackets) throws SealedException {
        try {
            BCPGInputStream packets = new BCPGInputStream(new ByteArrayInputStream(keyPackets));
            byte[] last = new byte[0];
            for (Packet packet = packets.readPacket(); packet != null; packet = packets.readPacket()) {
                if (packet instanceof PublicKeyEncSessionPacket sealed) {
                    last = encoded(sealed);
                }
            }
            if (last.length == 0) {
                throw new SealedException("the message has no key packet");
            }
            return last;
        } catch (IOException | RuntimeException damaged) {
            throw new SealedException("the key packets are damaged", damaged);
        }
    }

    private static byte[] encoded(ContainedPacket packet) throws IOException {
        return packet.getEncoded(PacketFormat.CURRENT);
    }
}
