package org.therapost.openpgp.reading;

import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealedMessage;

/** Holds no key: serves what the reader's own program opens. */
public final class PgpMimeView implements ReaderView {

    @Override
    public byte[] header(SealedMessage message) throws SealedException {
        requireEnvelope(message);
        return PgpMime.header(message);
    }

    @Override
    public MailContent content(SealedMessage message) throws SealedException {
        requireEnvelope(message);
        return PgpMime.entity(message);
    }

    @Override
    public void close() {
        // Nothing to forget.
    }

    private static void requireEnvelope(SealedMessage message) throws SealedException {
        if (!PgpMime.serves(message)) {
            throw new SealedException("the message has no envelope, and there is no key here to open it with");
        }
    }
}
