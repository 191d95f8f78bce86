package org.therapost.openpgp;

import org.jspecify.annotations.Nullable;
import org.therapost.domain.sealing.KeyShares;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReadingView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SecretKey;

/**
 * Opens messages with a therapist's key. Several connections use one view at once.
 *
 * <p>{@link #close()} wipes the encoded secret key and lets go of the parsed ones. Bouncy Castle keeps these in immutable
 * numbers that nobody can wipe: they are gone with the next garbage collections.
 */
final class UnlockedView implements ReadingView {

    private final SecretKey secret;
    private volatile @Nullable OpenKeys keys;

    UnlockedView(SecretKey secret, KeyShares shares) throws SealedException {
        this.secret = secret;
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
    public void close() {
        keys = null;
        secret.close();
    }

    private OpenKeys keys() throws SealedException {
        OpenKeys current = keys;
        if (current == null) {
            throw new SealedException("the reader's session has ended");
        }
        return current;
    }
}
