package org.therapost.openpgp.reading;

import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.bcpg.SymmetricKeyAlgorithmTags;
import org.bouncycastle.openpgp.PGPException;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.bouncycastle.openpgp.PGPPublicKeyRing;
import org.bouncycastle.openpgp.PGPSecretKeyRing;
import org.bouncycastle.openpgp.PGPSessionKey;
import org.bouncycastle.openpgp.operator.bc.BcKeyFingerprintCalculator;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.SymmetricKey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.openpgp.keys.Curve25519Key;
import org.therapost.openpgp.packets.DataPacket;
import org.therapost.openpgp.packets.DataStream;
import org.therapost.openpgp.packets.KeyPackets;
import org.therapost.openpgp.packets.MessageDecryption;
import org.therapost.openpgp.packets.SessionKey;
import org.therapost.openpgp.packets.SessionKeys;
import org.therapost.openpgp.packets.SessionKeys.Name;

/**
 * The keys of one reader while their session lasts: their own, those of their threads, each fetched and opened when a
 * message first needs it, and those of the messages opened lately.
 */
public final class UnlockedKeys implements AutoCloseable {

    private static final long HIDDEN = 0;
    private static final int STREAMS = 16;

    private final ParsedSecretKey own;
    private final KeyShares shares;
    private final Map<Long, ParsedSecretKey> threads = new ConcurrentHashMap<>();
    private final Map<Long, SymmetricKey> notes = new ConcurrentHashMap<>();
    private final SessionKeys sessionKeys = new SessionKeys();
    // What large messages were verified to be, so that a program that fetches one in many pieces has it verified once.
    private final Map<Name, DataStream.Verified> streams = Collections.synchronizedMap(new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Name, DataStream.Verified> eldest) {
            return size() > STREAMS;
        }
    });

    public UnlockedKeys(ParsedSecretKey own, KeyShares shares) {
        this.own = own;
        this.shares = shares;
    }

    /** Opens an encrypted message in two parts. */
    public byte[] open(byte[] keyPackets, byte[] dataPacket) throws SealedException {
        Optional<SessionKey> known = sessionKeys.find(keyPackets);
        if (known.isPresent()) {
            Optional<byte[]> content = DataPacket.open(known.get(), dataPacket);
            if (content.isPresent()) {
                return content.get();
            }
        }
        MessageDecryption message = MessageDecryption.of(keyPackets, dataPacket);
        PGPSessionKey recovered = recover(message);
        if (recovered.getAlgorithm() != SymmetricKeyAlgorithmTags.AES_256) {
            return message.content(recovered);
        }
        SessionKey key = new SessionKey(recovered.getKey());
        sessionKeys.keep(keyPackets, key);
        Optional<byte[]> content = DataPacket.open(key, dataPacket);
        return content.isPresent() ? content.get() : message.content(recovered);
    }

    /**
     * The session key of a message.
     *
     * @param anyPacket one of the packets sealed with it
     */
    Optional<SessionKey> sessionKey(byte[] keyPackets, byte[] anyPacket) throws SealedException {
        Optional<SessionKey> known = sessionKeys.find(keyPackets);
        if (known.isPresent()) {
            return known;
        }
        PGPSessionKey recovered = recover(MessageDecryption.of(keyPackets, anyPacket));
        if (recovered.getAlgorithm() != SymmetricKeyAlgorithmTags.AES_256) {
            return Optional.empty();
        }
        SessionKey key = new SessionKey(recovered.getKey());
        sessionKeys.keep(keyPackets, key);
        return Optional.of(key);
    }

    /**
     * Opens a message piece by piece; empty if its packet is not one of ours.
     *
     * @param anyPacket one of the packets sealed with the message's session key
     */
    Optional<DataStream> stream(byte[] keyPackets, byte[] anyPacket, SealedOctets packet)
            throws SealedException, IOException {
        Optional<SessionKey> key = sessionKey(keyPackets, anyPacket);
        if (key.isEmpty()) {
            return Optional.empty();
        }
        Name name = Name.of(keyPackets);
        Optional<DataStream.Verified> verified = Optional.ofNullable(streams.get(name));
        if (verified.isEmpty()) {
            verified = DataStream.verify(key.get(), packet);
            verified.ifPresent(done -> streams.put(name, done));
        }
        return verified.map(done -> new DataStream(key.get(), packet, done));
    }

    boolean knows(byte[] keyPackets) {
        return sessionKeys.find(keyPackets).isPresent();
    }

    /** Keeps a session key that a note has brought back. */
    void keep(byte[] keyPackets, byte[] sessionKey) {
        sessionKeys.keep(keyPackets, new SessionKey(sessionKey));
    }

    /**
     * Seals a note about a message under a key that follows from the secret key that opens the message, so that it opens
     * nothing that this key would not open, and is lost with it. Empty if the key is hidden.
     */
    Optional<byte[]> seal(byte[] keyPackets, String purpose, byte[] note) throws SealedException {
        return noteKey(keyPackets).map(key -> key.seal(note, purpose(keyPackets, purpose)));
    }

    /** Opens what {@link #seal} made. */
    Optional<byte[]> openNote(byte[] keyPackets, String purpose, byte[] sealed) throws SealedException {
        Optional<SymmetricKey> key = noteKey(keyPackets);
        return key.isPresent() ? Optional.of(key.get().open(sealed, purpose(keyPackets, purpose))) : Optional.empty();
    }

    @Override
    public void close() {
        sessionKeys.close();
    }

    private static String purpose(byte[] keyPackets, String purpose) {
        // Bound to its message: a note that is moved to another one does not open.
        return "note " + purpose + " " + HexFormat.of().formatHex(SessionKeys.digest(keyPackets));
    }

    private Optional<SymmetricKey> noteKey(byte[] keyPackets) throws SealedException {
        List<Long> recipients = KeyPackets.recipients(keyPackets);
        for (long recipient : recipients) {
            SymmetricKey known = notes.get(recipient);
            if (known != null) {
                return Optional.of(known);
            }
        }
        for (long recipient : recipients) {
            Optional<PGPKeyPair> pair = atHand(recipient);
            if (pair.isEmpty()) {
                pair = shared(recipient);
            }
            if (pair.isPresent()) {
                SymmetricKey key = ParsedSecretKey.noteKey(pair.get());
                notes.put(recipient, key);
                return Optional.of(key);
            }
        }
        return Optional.empty();
    }

    private PGPSessionKey recover(MessageDecryption message) throws SealedException {
        List<Long> recipients = message.recipients();
        for (int i = 0; i < recipients.size(); i++) {
            Optional<PGPKeyPair> key = atHand(recipients.get(i));
            if (key.isPresent()) {
                return message.sessionKey(i, List.of(key.get()));
            }
        }
        for (int i = 0; i < recipients.size(); i++) {
            Optional<PGPKeyPair> key = shared(recipients.get(i));
            if (key.isPresent()) {
                return message.sessionKey(i, List.of(key.get()));
            }
        }
        int hidden = recipients.indexOf(HIDDEN);
        if (hidden >= 0) {
            return message.sessionKey(hidden, own.pairs());
        }
        throw new SealedException("no key at hand opens the message");
    }

    private Optional<PGPKeyPair> atHand(long keyId) {
        Optional<PGPKeyPair> mine = own.pair(keyId);
        if (mine.isPresent()) {
            return mine;
        }
        return Optional.ofNullable(threads.get(keyId)).flatMap(thread -> thread.pair(keyId));
    }

    /**
     * Makes the signing subkey that a thread's key lacks.
     *
     * @throws SealedException if no share of it is here, or the certificate on file is not that of the share
     */
    SigningSubkey addSigningSubkey(Certificate thread, long threadKeyId, Instant now) throws SealedException {
        byte[] secret = secret(share(threadKeyId)
                .orElseThrow(() -> new SealedException("there is no share of the thread's key for this reader")));
        try {
            PGPSecretKeyRing ring = ParsedSecretKey.ring(secret);
            PGPPublicKeyRing onFile = new PGPPublicKeyRing(thread.encoded(), new BcKeyFingerprintCalculator());
            if (!onFile.getPublicKey().hasFingerprint(ring.getPublicKey().getFingerprint())) {
                throw new SealedException("the certificate on file is not that of the thread's key");
            }
            return Curve25519Key.addSigningSubkey(ring, now);
        } catch (PGPException | IOException | RuntimeException damaged) {
            throw new SealedException("the thread's key takes no signing subkey", damaged);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private Optional<PGPKeyPair> shared(long threadKeyId) throws SealedException {
        Optional<SealedKey> share = share(threadKeyId);
        if (share.isEmpty()) {
            return Optional.empty();
        }
        ParsedSecretKey thread = thread(share.get());
        threads.put(threadKeyId, thread);
        return thread.pair(threadKeyId);
    }

    private Optional<SealedKey> share(long threadKeyId) {
        return threadKeyId == HIDDEN
                ? Optional.empty()
                : own.keyIds().stream()
                        .flatMap(reader -> shares.find(threadKeyId, reader).stream())
                        .findFirst();
    }

    private ParsedSecretKey thread(SealedKey share) throws SealedException {
        byte[] secret = secret(share);
        try {
            return ParsedSecretKey.read(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }

    private byte[] secret(SealedKey share) throws SealedException {
        MessageDecryption message = MessageDecryption.of(new byte[0], share.octets());
        int recipient = message.recipients().indexOf(share.readerKeyId());
        if (recipient < 0) {
            throw new SealedException("the share of the thread key is for another reader");
        }
        return message.content(message.sessionKey(recipient, own.pairs()));
    }
}
