package org.therapost.domain.sealing.keys;

import java.util.Optional;

/** Where a reader's shares of thread keys rest. */
public interface KeyShares {

    /**
     * The secret half of a thread key, sealed to a reader.
     *
     * @param threadKeyId key ID of the thread key's encryption subkey, as in a message's key packet
     * @param readerKeyId key ID of the reader's encryption subkey
     */
    Optional<SealedKey> find(long threadKeyId, long readerKeyId);
}
