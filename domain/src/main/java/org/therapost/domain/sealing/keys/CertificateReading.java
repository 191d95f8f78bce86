package org.therapost.domain.sealing.keys;

import java.util.List;
import org.therapost.domain.addresses.Parsed;
import org.therapost.domain.sealing.Certificate;

/** Reads the certificates that people bring, and says whose they claim to be. */
public interface CertificateReading extends CertificateIdentity {

    /**
     * Reads a certificate that somebody brings: binary, or ASCII-armored, as mail programs and editors leave that. It is
     * invalid if it is none, holds a secret key, or has no usable encryption subkey (flags, expiry, revocation, strength);
     * the text says which, and what to do.
     */
    Parsed<Certificate> read(byte[] encoded);

    /**
     * Reads a certificate as {@link #read} does, but does not ask whether anything can be encrypted to it: it may have been
     * revoked, or have expired.
     */
    Parsed<Certificate> readUnjudged(byte[] encoded);

    /** The mailboxes that the certificate's owner says are theirs, as they stand in its valid user IDs. */
    List<String> mailboxes(Certificate certificate);
}
