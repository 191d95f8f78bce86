package org.therapost.domain.conversation;

import org.therapost.domain.people.Client;
import org.therapost.domain.sealing.Sealer;

/** How an answer travels to the client. */
public enum Carriage {
    /** As PGP/MIME to the client's certificate. */
    OPENPGP,
    /** As it is, over verified TLS, because the client's recorded consent says so. */
    TLS,
    /** Not yet: it waits, sealed, until a key or a consent is recorded. */
    WAIT;

    /**
     * The way for a client: the safest one that is open. A certificate that has expired or was revoked opens none; it
     * does not turn into consent.
     */
    public static Carriage to(Client client, Sealer sealer) {
        if (client.certificate().filter(sealer::canEncryptTo).isPresent()) {
            return OPENPGP;
        }
        return client.tlsConsent() ? TLS : WAIT;
    }
}
