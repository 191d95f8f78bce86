package org.therapost.domain.sealing;

/** A key pair just generated. */
public record NewKey(Certificate certificate, SecretKey secret) {}
