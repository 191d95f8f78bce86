package org.therapost.domain.sealing.keys;

import org.therapost.domain.sealing.Certificate;

/** A key pair just generated; whoever had it generated closes it, which wipes the secret half. */
public record NewKey(Certificate certificate, SecretKey secret) implements AutoCloseable {

    @Override
    public void close() {
        secret.close();
    }
}
