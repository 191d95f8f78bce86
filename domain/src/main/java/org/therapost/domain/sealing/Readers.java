package org.therapost.domain.sealing;

import java.util.List;
import java.util.Optional;

/**
 * To whom a message is sealed.
 *
 * @param certificates one or more; each gets a key packet
 * @param envelope present if the server must serve the message as PGP/MIME that the reader's own program opens; then the
 *     last certificate is that reader's
 */
public record Readers(List<Certificate> certificates, Optional<PgpMimeEnvelope> envelope) {

    public Readers {
        certificates = List.copyOf(certificates);
        if (certificates.isEmpty()) {
            throw new IllegalArgumentException("a message without readers could never be opened");
        }
    }

    /** Readers for whom the server opens messages while their session lasts. */
    public static Readers of(Certificate... certificates) {
        return new Readers(List.of(certificates), Optional.empty());
    }
}
