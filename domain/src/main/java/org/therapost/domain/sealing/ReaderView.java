package org.therapost.domain.sealing;

import java.io.IOException;
import java.time.Instant;
import java.util.Optional;

/** How one reader sees sealed messages: opened, or as PGP/MIME envelopes that their own program opens. */
public interface ReaderView extends AutoCloseable {

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

    /**
     * A note with which {@link #recall} spares the work of recovering the message's session key. It is sealed, and tells
     * nothing to anybody who could not open the message anyway. Empty if this view has no use for one.
     *
     * @param message with one of its packets at least
     * @throws SealedException if this view cannot open the message
     */
    default Optional<byte[]> note(SealedMessage message) throws SealedException {
        return Optional.empty();
    }

    /** Takes up a note; one that does not belong to the message is disregarded. */
    default void recall(SealedMessage message, byte[] note) {}

    /**
     * The whole message as IMAP serves it, piece by piece, after all of it was verified once. Empty if this view can only
     * open it as a whole.
     *
     * @param message without its data packet
     * @param data the data packet
     * @throws SealedException if this view cannot open the message
     */
    default Optional<MailStream> stream(SealedMessage message, SealedOctets data) throws SealedException, IOException {
        return Optional.empty();
    }

    /**
     * Makes the signing subkey that a thread's key of an earlier release lacks, with the reader's share of that key. The subkey to
     * encrypt to stays what it is.
     *
     * @param thread the certificate on file
     * @param threadKeyId key ID of the subkey to encrypt to
     * @param now dates the subkey
     * @return the subkey with the whole certificate; empty if this view has no use of shares
     * @throws SealedException if there is no share that this view opens, or the certificate on file is not that of the share
     */
    default Optional<SigningSubkey> addSigningSubkey(Certificate thread, long threadKeyId, Instant now)
            throws SealedException {
        return Optional.empty();
    }

    /**
     * A text, signed by the reader's own key so that people can read it (cleartext signature framework, RFC 9580 section 7).
     * Empty if this view has no key that signs.
     *
     * @param text lines of ASCII, none of which begins with {@code -} or ends with white space
     * @param at when it is signed
     * @throws SealedException if the view is closed
     */
    default Optional<String> signed(String text, Instant at) throws SealedException {
        return Optional.empty();
    }

    /** Where messages that were opened are kept until the view is closed. */
    default OpenedMessageCache.Desk memory() {
        return new OpenedMessageCache(0).desk();
    }

    /** Forgets the keys; the view opens nothing from now on. */
    @Override
    void close();
}
