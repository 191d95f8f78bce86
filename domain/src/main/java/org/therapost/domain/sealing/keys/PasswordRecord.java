package org.therapost.domain.sealing.keys;

/**
 * What is stored to prove a secret: a PHC string. Of a password that a person chose {@code $argon2id$v=19$m=...,t=...,p=...$salt$verifier};
 * the verifier is a digest of one half of Argon2id's output (RFC 9106), the other half is the {@link PasswordKey} and is never stored.
 * Of a secret that is random {@code $hkdf-sha256$salt$verifier}; verifier and key are two outputs of HKDF (RFC 5869).
 */
public record PasswordRecord(String phc) {

    @Override
    public String toString() {
        return "PasswordRecord";
    }
}
