package org.therapost.domain.conversation;

import org.therapost.domain.people.Client;
import org.therapost.domain.sealing.Sealer;

/** How an answer travels to the client. */
public enum Carriage {
    /** As PGP/MIME to the client's certificate. */
    OPENPGP,
    /** In clear, over verified TLS, because the client's recorded consent says so. */
    TLS,
    /** Not yet: the answer waits, sealed, until a key or a consent is recorded. */
    WAIT;

    /**
     * The safest carriage to a client. Beside a certificate that has expired or was revoked no consent counts: what was encrypted
     * until then does not leave in clear because a date has passed.
     */
    public static Carriage to(Client client, Sealer sealer) {
        if (client.certificate().isPresent()) {
            return sealer.canEncryptTo(client.certificate().get()) ? OPENPGP : WAIT;
        }
        return client.tlsConsent() ? TLS : WAIT;
    }
}
