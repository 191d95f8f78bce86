package org.therapost.domain.record;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.UUID;
import org.therapost.domain.sealing.SealedMessage;

/**
 * What a tag says of a message. Its key packets are not among it: they change when readers do.
 *
 * @param direction as it is stored
 * @param acceptedAt to the microsecond, as the database keeps it
 * @param digests of what is sealed in it
 */
public record RecordedMessage(UUID id, String direction, Instant acceptedAt, Digests digests) {

    /** SHA-256 of a message's header packet and data packet. */
    public record Digests(byte[] header, byte[] data) {

        /** Of a message that is at hand. */
        public static Digests of(SealedMessage sealed) {
            return new Digests(digest(sealed.headerPacket()), digest(sealed.dataPacket()));
        }

        @Override
        public String toString() {
            return "Digests";
        }
    }

    /** SHA-256. */
    public static byte[] digest(byte[] octets) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(octets);
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("SHA-256 is part of every JDK", broken);
        }
    }
}
