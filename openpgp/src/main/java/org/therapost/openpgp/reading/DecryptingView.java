package org.therapost.openpgp.reading;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.MailStream;
import org.therapost.domain.sealing.OpenedMessageCache;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.packets.SessionKey;
import org.therapost.openpgp.signatures.CleartextSignatures;

/**
 * Opens messages with a therapist's key. Several connections use one view at once.
 *
 * <p>{@link #close()} wipes the encoded secret key, the session keys and the messages kept, and lets go of the parsed keys.
 * Bouncy Castle keeps these in immutable numbers that nobody can wipe: they are gone with the next garbage collections.
 */
public final class DecryptingView implements ReaderView {

    private static final String SESSION_KEY = "session-key";

    private final SecretKey secret;
    private final OpenedMessageCache.Desk memory;
    private volatile @Nullable UnlockedKeys keys;

    public DecryptingView(SecretKey secret, KeyShares shares, OpenedMessageCache.Desk memory) throws SealedException {
        this.secret = secret;
        this.memory = memory;
        this.keys = new UnlockedKeys(ParsedSecretKey.read(secret.expose()), shares);
    }

    @Override
    public byte[] header(SealedMessage message) throws SealedException {
        if (PgpMime.serves(message)) {
            return PgpMime.header(message);
        }
        return keys().open(message.keyPackets(), message.headerPacket());
    }

    @Override
    public MailContent content(SealedMessage message) throws SealedException {
        if (PgpMime.serves(message)) {
            return PgpMime.entity(message);
        }
        return MailContent.of(keys().open(message.keyPackets(), message.dataPacket()));
    }

    @Override
    public Optional<byte[]> note(SealedMessage message) throws SealedException {
        if (PgpMime.serves(message)) {
            return Optional.empty();
        }
        UnlockedKeys current = keys();
        byte[] packet = message.headerPacket().length > 0 ? message.headerPacket() : message.dataPacket();
        Optional<SessionKey> key = current.sessionKey(message.keyPackets(), packet);
        return key.isPresent()
                ? current.seal(message.keyPackets(), SESSION_KEY, key.get().octets())
                : Optional.empty();
    }

    @Override
    public void recall(SealedMessage message, byte[] note) {
        UnlockedKeys current = keys;
        if (current != null && !current.knows(message.keyPackets())) {
            try {
                current.openNote(message.keyPackets(), SESSION_KEY, note)
                        .ifPresent(key -> current.keep(message.keyPackets(), key));
            } catch (SealedException another) {
                // Then the session key is recovered from its key packet.
                return;
            }
        }
    }

    @Override
    public Optional<MailStream> stream(SealedMessage message, SealedOctets data) throws SealedException, IOException {
        return PgpMime.serves(message)
                ? Optional.empty()
                : keys().stream(message.keyPackets(), message.headerPacket(), data)
                        .map(stream -> stream);
    }

    @Override
    public Optional<SigningSubkey> addSigningSubkey(Certificate thread, long threadKeyId, Instant now)
            throws SealedException {
        return Optional.of(keys().addSigningSubkey(thread, threadKeyId, now));
    }

    @Override
    public Optional<String> signed(String text, Instant at) throws SealedException {
        keys();
        return Optional.of(CleartextSignatures.sign(secret, text, at));
    }

    @Override
    public OpenedMessageCache.Desk memory() {
        return memory;
    }

    @Override
    public void close() {
        UnlockedKeys current = keys;
        keys = null;
        secret.close();
        memory.close();
        if (current != null) {
            current.close();
        }
    }

    private UnlockedKeys keys() throws SealedException {
        UnlockedKeys current = keys;
        if (current == null) {
            throw new SealedException("the reader's session has ended");
        }
        return current;
    }
}
