package org.therapost.openpgp.packets;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.bcpg.PacketTags;
import org.therapost.domain.sealing.MailStream;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedOctets;

/**
 * Opens what {@link DataPacket} sealed, slice by slice. The digest that says whether an octet was changed stands at the end
 * of the packet; so the packet is read twice. The first pass verifies it, and remembers a digest of each slice as it rests.
 * The second pass serves a slice only if it still has that digest: nothing is served that was not verified, even if the
 * packet is exchanged between the passes. CFB lets any slice be decrypted by itself, after the block before it.
 */
public final class DataStream implements MailStream {

    private static final int SLICE = 1 << 16;

    private final SessionKey key;
    private final SealedOctets packet;
    private final Verified verified;

    /**
     * What the first pass has found out; it tells nothing about the content.
     *
     * @param body octets before the encrypted body
     * @param content octets of the body before the content
     * @param size octets of the content
     */
    public record Verified(int body, int content, int size, List<Slice> slices) {}

    /**
     * @param digest of the slice as it rests
     * @param before the block before the slice
     */
    private record Slice(byte[] digest, byte[] before) {}

    public DataStream(SessionKey key, SealedOctets packet, Verified verified) {
        this.key = key;
        this.packet = packet;
        this.verified = verified;
    }

    /**
     * Reads a packet once; empty if it is not such as we make.
     *
     * @throws SealedException if an octet was changed, or the key is another one
     */
    public static Optional<Verified> verify(SessionKey key, SealedOctets packet) throws SealedException, IOException {
        int size = packet.size();
        int start = DataPacket.startOfBody(packet.read(0, Math.min(size, DataPacket.BLOCK)), size);
        if (start < 0) {
            return Optional.empty();
        }
        FirstPass pass = new FirstPass(size - start);
        byte[] before = new byte[DataPacket.BLOCK];
        for (int at = start; at < size; at += SLICE) {
            byte[] slice = packet.read(at, Math.min(SLICE, size - at));
            pass.take(slice, decrypted(key, slice, before), before);
            before = Arrays.copyOfRange(slice, Math.max(0, slice.length - DataPacket.BLOCK), slice.length);
        }
        return pass.verified(start);
    }

    @Override
    public int size() {
        return verified.size();
    }

    @Override
    public InputStream open() {
        return new SecondPass();
    }

    private static byte[] decrypted(SessionKey key, byte[] slice, byte[] before) {
        try {
            Cipher cipher = Cipher.getInstance(DataPacket.CIPHER);
            cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key.octets(), "AES"), new IvParameterSpec(before));
            return cipher.doFinal(slice);
        } catch (GeneralSecurityException broken) {
            throw new IllegalStateException("AES is part of every JDK", broken);
        }
    }

    private static final class FirstPass {

        private final List<Slice> slices = new ArrayList<>();
        private final MessageDigest sha1 = sha1();
        private final byte[] detection = new byte[DataPacket.MODIFICATION_DETECTION];
        private final int end;
        private final int size;
        private int at;
        private int literal = -1;
        private boolean fits;

        FirstPass(int size) {
            this.size = size;
            this.end = size - DataPacket.MODIFICATION_DETECTION;
        }

        void take(byte[] slice, byte[] plain, byte[] before) {
            slices.add(new Slice(SessionKeys.digest(slice), before));
            if (at == 0) {
                int block = DataPacket.BLOCK;
                fits = plain[block] == plain[block - 2] && plain[block + 1] == plain[block - 1];
                literal = DataPacket.startOfContent(plain, end - DataPacket.PREFIX);
            }
            // The digest covers its own packet's header, two octets, and what comes before.
            int digested = Math.max(0, Math.min(plain.length, end + 2 - at));
            sha1.update(plain, 0, digested);
            int detected = Math.max(0, end - at);
            if (detected < plain.length) {
                System.arraycopy(plain, detected, detection, at + detected - end, plain.length - detected);
            }
            at += plain.length;
            Arrays.fill(plain, (byte) 0);
        }

        Optional<Verified> verified(int start) throws SealedException {
            byte[] digest = Arrays.copyOfRange(detection, 2, detection.length);
            if (at != size
                    || !fits
                    || detection[0] != (byte) (0xC0 | PacketTags.MOD_DETECTION_CODE)
                    || detection[1] != DataPacket.DIGEST
                    || !MessageDigest.isEqual(sha1.digest(), digest)) {
                throw new SealedException("the message was changed after it was sealed");
            }
            int content = DataPacket.PREFIX + literal;
            return literal < 0
                    ? Optional.empty()
                    : Optional.of(new Verified(start, content, end - content, List.copyOf(slices)));
        }

        private static MessageDigest sha1() {
            try {
                return MessageDigest.getInstance("SHA-1");
            } catch (GeneralSecurityException broken) {
                throw new IllegalStateException("SHA-1 is part of every JDK", broken);
            }
        }
    }

    private final class SecondPass extends InputStream {

        private int at;
        private int opened = -1;
        private byte[] slice = new byte[0];

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            if (at >= verified.size()) {
                return -1;
            }
            int inBody = verified.content() + at;
            open(inBody / SLICE);
            int from = inBody % SLICE;
            int octets = Math.min(length, Math.min(slice.length - from, verified.size() - at));
            System.arraycopy(slice, from, to, offset, octets);
            at += octets;
            return octets;
        }

        @Override
        public long skip(long octets) {
            int skipped = (int) Math.max(0, Math.min(octets, verified.size() - at));
            at += skipped;
            return skipped;
        }

        @Override
        public int available() {
            int inBody = verified.content() + at;
            return inBody / SLICE == opened ? Math.min(slice.length - inBody % SLICE, verified.size() - at) : 0;
        }

        @Override
        public void close() {
            Arrays.fill(slice, (byte) 0);
            at = verified.size();
        }

        private void open(int number) throws IOException {
            if (number == opened) {
                return;
            }
            Slice known = verified.slices().get(number);
            byte[] sealed = packet.read(verified.body() + number * SLICE, SLICE);
            if (!MessageDigest.isEqual(SessionKeys.digest(sealed), known.digest())) {
                throw new IOException("the message was changed while it was read");
            }
            Arrays.fill(slice, (byte) 0);
            slice = decrypted(key, sealed, known.before());
            opened = number;
        }
    }
}
