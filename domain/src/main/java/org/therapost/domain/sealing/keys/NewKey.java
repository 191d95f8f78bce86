package org.therapost.domain.sealing.keys;

import org.therapost.domain.sealing.Certificate;

/** A key pair just generated. */
public record NewKey(Certificate certificate, SecretKey secret) {}
