package org.therapost.domain.sealing.keys;

import org.therapost.domain.sealing.SigningSubkey;

/**
 * The key of a thread, just generated; whoever had it generated closes it, which wipes what is for the shares. Its primary key certifies, one subkey encrypts, another signs.
 *
 * @param secret the primary key and the encryption subkey, for the shares of the thread's readers
 * @param signing the signing subkey, for the server
 */
public record NewThreadKey(SecretKey secret, SigningSubkey signing) implements AutoCloseable {

    @Override
    public void close() {
        secret.close();
    }
}
