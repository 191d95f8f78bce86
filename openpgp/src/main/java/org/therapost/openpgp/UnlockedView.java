package org.therapost.openpgp;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.KeyShares;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.MailStream;
import org.therapost.domain.sealing.ReadingMemory;
import org.therapost.domain.sealing.ReadingView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SealedOctets;
import org.therapost.domain.sealing.SecretKey;

/**
 * Opens messages with a therapist's key. Several connections use one view at once.
 *
 * <p>{@link #close()} wipes the encoded secret key, the session keys and the messages kept, and lets go of the parsed keys.
 * Bouncy Castle keeps these in immutable numbers that nobody can wipe: they are gone with the next garbage collections.
 */
final class UnlockedView implements ReadingView {

    private static final String SESSION_KEY = "session-key";

    private final SecretKey secret;
    private final ReadingMemory.Desk memory;
    private volatile @Nullable OpenKeys keys;

    UnlockedView(SecretKey secret, KeyShares shares, ReadingMemory.Desk memory) throws SealedException {
        this.secret = secret;
        this.memory = memory;
        this.keys = new OpenKeys(OpenedSecretKey.read(secret.expose()), shares);
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
        OpenKeys current = keys();
        byte[] packet = message.headerPacket().length > 0 ? message.headerPacket() : message.dataPacket();
        Optional<SessionKey> key = current.sessionKey(message.keyPackets(), packet);
        return key.isPresent()
                ? current.seal(message.keyPackets(), SESSION_KEY, key.get().octets())
                : Optional.empty();
    }

    @Override
    public void recall(SealedMessage message, byte[] note) {
        OpenKeys current = keys;
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
    public ReadingMemory.Desk memory() {
        return memory;
    }

    @Override
    public void close() {
        OpenKeys current = keys;
        keys = null;
        secret.close();
        memory.close();
        if (current != null) {
            current.close();
        }
    }

    private OpenKeys keys() throws SealedException {
        OpenKeys current = keys;
        if (current == null) {
            throw new SealedException("the reader's session has ended");
        }
        return current;
    }
}
