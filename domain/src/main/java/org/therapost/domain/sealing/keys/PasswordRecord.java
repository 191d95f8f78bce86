package org.therapost.domain.sealing.keys;

/**
 * What is stored of a password: a PHC string ({@code $argon2id$v=19$m=...,t=...,p=...$salt$verifier}). The verifier is a
 * digest of one half of Argon2id's output (RFC 9106); the other half is the {@link PasswordKey} and is never stored.
 */
public record PasswordRecord(String phc) {

    @Override
    public String toString() {
        return "PasswordRecord";
    }
}
