package org.therapost.openpgp;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.bouncycastle.openpgp.PGPKeyPair;
import org.therapost.domain.sealing.KeyShares;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedKey;

/**
 * The keys of one reader while their session lasts: their own, and those of their threads, each fetched and opened when a
 * message first needs it.
 */
final class OpenKeys {

    private static final long HIDDEN = 0;

    private final OpenedSecretKey own;
    private final KeyShares shares;
    private final Map<Long, OpenedSecretKey> threads = new ConcurrentHashMap<>();

    OpenKeys(OpenedSecretKey own, KeyShares shares) {
        this.own = own;
        this.shares = shares;
    }

    /** Opens an encrypted message in two parts. */
    byte[] open(byte[] keyPackets, byte[] dataPacket) throws SealedException {
        OpenedMessage message = OpenedMessage.of(keyPackets, dataPacket);
        List<Long> recipients = message.recipients();
        for (int i = 0; i < recipients.size(); i++) {
            Optional<PGPKeyPair> key = atHand(recipients.get(i));
            if (key.isPresent()) {
                return message.content(i, List.of(key.get()));
            }
        }
        for (int i = 0; i < recipients.size(); i++) {
            Optional<PGPKeyPair> key = shared(recipients.get(i));
            if (key.isPresent()) {
                return message.content(i, List.of(key.get()));
            }
        }
        int hidden = recipients.indexOf(HIDDEN);
        if (hidden >= 0) {
            return message.content(hidden, own.pairs());
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

    private Optional<PGPKeyPair> shared(long threadKeyId) throws SealedException {
        if (threadKeyId == HIDDEN) {
            return Optional.empty();
        }
        for (long reader : own.keyIds()) {
            Optional<SealedKey> share = shares.find(threadKeyId, reader);
            if (share.isPresent()) {
                OpenedSecretKey thread = thread(share.get());
                threads.put(threadKeyId, thread);
                return thread.pair(threadKeyId);
            }
        }
        return Optional.empty();
    }

    private OpenedSecretKey thread(SealedKey share) throws SealedException {
        OpenedMessage message = OpenedMessage.of(new byte[0], share.octets());
        int recipient = message.recipients().indexOf(share.readerKeyId());
        if (recipient < 0) {
            throw new SealedException("the share of the thread key is for another reader");
        }
        byte[] secret = message.content(recipient, own.pairs());
        try {
            return OpenedSecretKey.read(secret);
        } finally {
            Arrays.fill(secret, (byte) 0);
        }
    }
}
