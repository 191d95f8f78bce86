package org.therapost.domain.sealing.keys;

/** A therapist's secret key locked for one way in: safe to store, useless without that way's {@link PasswordKey}. */
public record LockedKey(byte[] octets) {

    @Override
    public String toString() {
        return "LockedKey[" + octets.length + " octets]";
    }
}
