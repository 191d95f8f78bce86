package org.therapost.domain.sealing.keys;

/** A therapist's secret key locked by the login password: safe to store, useless without the {@link PasswordKey}. */
public record LockedKey(byte[] octets) {

    @Override
    public String toString() {
        return "LockedKey[" + octets.length + " octets]";
    }
}
