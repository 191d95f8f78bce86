package org.therapost.domain.sealing.keys;

import java.time.Duration;
import java.time.Instant;

/**
 * How long messages can be encrypted to a certificate.
 *
 * @param until when the certificate, or the subkey to encrypt to, expires
 * @param left the time until then, from now
 */
public record CertificateValidity(Instant until, Duration left) {}
