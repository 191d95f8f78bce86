package org.therapost.openpgp.packets;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import org.bouncycastle.bcpg.AEADEncDataPacket;
import org.bouncycastle.bcpg.SymmetricEncIntegrityPacket;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPCompressedData;
import org.bouncycastle.openpgp.PGPEncryptedData;
import org.bouncycastle.openpgp.PGPEncryptedDataList;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPLiteralData;
import org.bouncycastle.openpgp.PGPObjectFactory;
import org.bouncycastle.openpgp.PGPPublicKeyEncryptedData;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.PGPSessionKeyEncryptedData;
import org.bouncycastle.openpgp.bc.BcPGPObjectFactory;
import org.bouncycastle.openpgp.operator.SessionKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcPublicKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.bc.BcSessionKeyDataDecryptorFactory;
import org.bouncycastle.openpgp.operator.jcajce.JceSessionKeyDataDecryptorFactoryBuilder;
import org.therapost.domain.sealing.SealedException;

/**
 * An encrypted message on its way to plaintext: first the session key is recovered, then the content, which is returned
 * only after its integrity was verified. Key packets of versions 3 and 6, data of versions 1 and 2, LibrePGP's OCB, and
 * compressed content within a bound are read; data without integrity protection is not.
 */
public final class MessageDecryption {

    /** Octets to which a message may grow: above the largest mail accepted, and below what hurts. */
    public static final int LARGEST_CONTENT = 64 << 20;

    private static final int DEEPEST = 4;
    private static final int CHUNK = 1 << 16;

    private final PGPEncryptedDataList packets;
    private final List<PGPPublicKeyEncryptedData> keyPackets = new ArrayList<>();

    private MessageDecryption(PGPEncryptedDataList packets) {
        this.packets = packets;
        for (PGPEncryptedData method : packets) {
            if (method instanceof PGPPublicKeyEncryptedData keyPacket) {
                keyPackets.add(keyPacket);
            }
        }
    }

    public static MessageDecryption of(byte[] keyPackets, byte[] dataPacket) throws SealedException {
        try {
            PGPEncryptedDataList packets = new PGPEncryptedDataList(new SequenceInputStream(
                    new ByteArrayInputStream(keyPackets), new ByteArrayInputStream(dataPacket)));
            if (!(packets.getEncryptedData() instanceof SymmetricEncIntegrityPacket
                    || packets.getEncryptedData() instanceof AEADEncDataPacket)) {
                throw new SealedException("the message has no integrity protection");
            }
            return new MessageDecryption(packets);
        } catch (IOException | RuntimeException damaged) {
            throw new SealedException("the packets are damaged", damaged);
        }
    }

    /** Key IDs of the recipients, in order; 0 for one that is hidden. */
    public List<Long> recipients() {
        return keyPackets.stream()
                .map(packet -> packet.getKeyIdentifier().getKeyId())
                .toList();
    }

    /**
     * The session key, for the holder of one of these keys.
     *
     * @throws SealedException if none of them fits
     */
    public PGPSessionKey sessionKey(int recipient, Iterable<PGPKeyPair> keys) throws SealedException {
        return sessionKey(keyPackets.get(recipient), keys);
    }

    private static PGPSessionKey sessionKey(PGPPublicKeyEncryptedData keyPacket, Iterable<PGPKeyPair> keys)
            throws SealedException {
        PGPException reason = new PGPException("no key of this algorithm");
        for (PGPKeyPair key : keys) {
            if (key.getPublicKey().getAlgorithm() == keyPacket.getAlgorithm()) {
                try {
                    return keyPacket.getSessionKey(new BcPublicKeyDataDecryptorFactory(key));
                } catch (PGPException | RuntimeException notThisKey) {
                    // A hidden recipient is found by trying, and key IDs can collide: the next key may fit.
                    reason = new PGPException("not this key", notThisKey);
                }
            }
        }
        throw new SealedException("no key at hand opens the message", reason);
    }

    /**
     * The content.
     *
     * @throws SealedException if the key is another one, or an octet was changed
     */
    public byte[] content(PGPSessionKey sessionKey) throws SealedException {
        try {
            PGPSessionKeyEncryptedData data = packets.extractSessionKeyEncryptedData();
            InputStream decrypted = data.getDataStream(cipher(sessionKey));
            byte[] content = literal(decrypted, 0);
            // AEAD verifies while it is read to its end.
            decrypted.transferTo(OutputStream.nullOutputStream());
            if (data.isIntegrityProtected() && !data.verify()) {
                throw new SealedException("the message was changed after it was sealed");
            }
            return content;
        } catch (IOException | PGPException | RuntimeException damaged) {
            throw new SealedException("the message was changed after it was sealed", damaged);
        }
    }

    /** The JDK is the fastest where it can; it has no OCB and no other cipher than AES. */
    private SessionKeyDataDecryptorFactory cipher(PGPSessionKey sessionKey) {
        boolean version1 = packets.getEncryptedData() instanceof SymmetricEncIntegrityPacket data
                && data.getVersion() == SymmetricEncIntegrityPacket.VERSION_1;
        boolean aes = sessionKey.getAlgorithm() >= SymmetricKeyAlgorithmTags.AES_128
                && sessionKey.getAlgorithm() <= SymmetricKeyAlgorithmTags.AES_256;
        return version1 && aes
                ? new JceSessionKeyDataDecryptorFactoryBuilder().build(sessionKey)
                : new BcSessionKeyDataDecryptorFactory(sessionKey);
    }

    private static byte[] literal(InputStream packets, int depth) throws IOException, PGPException, SealedException {
        if (depth > DEEPEST) {
            throw new SealedException("the content is nested too deeply");
        }
        PGPObjectFactory objects = new BcPGPObjectFactory(packets);
        for (Object object = objects.nextObject(); object != null; object = objects.nextObject()) {
            if (object instanceof PGPLiteralData literal) {
                return bounded(literal.getInputStream());
            }
            if (object instanceof PGPCompressedData compressed) {
                return literal(compressed.getDataStream(), depth + 1);
            }
            // Signatures stand before and after the content; nobody asks for them here.
        }
        throw new SealedException("the message has no content");
    }

    private static byte[] bounded(InputStream content) throws IOException, SealedException {
        ByteArrayOutputStream octets = new ByteArrayOutputStream(CHUNK);
        byte[] chunk = new byte[CHUNK];
        for (int n = content.read(chunk); n >= 0; n = content.read(chunk)) {
            if (octets.size() + n > LARGEST_CONTENT) {
                throw new SealedException("the content is larger than " + LARGEST_CONTENT + " octets");
            }
            octets.write(chunk, 0, n);
        }
        return octets.toByteArray();
    }
}
