package org.therapost.domain.sealing;

/** How one reader sees sealed messages: opened, or as PGP/MIME envelopes that their own program opens. */
public interface ReadingView extends AutoCloseable {

    /**
     * The header section as IMAP serves it; opens at most the sealed header part.
     *
     * @throws SealedException if this view cannot open the message
     */
    byte[] header(SealedMessage message) throws SealedException;

    /**
     * The whole message as IMAP serves it.
     *
     * @throws SealedException if this view cannot open the message
     */
    MailContent content(SealedMessage message) throws SealedException;

    /** Forgets the keys; the view opens nothing from now on. */
    @Override
    void close();
}
