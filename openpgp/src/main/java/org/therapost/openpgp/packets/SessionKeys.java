package org.therapost.openpgp.packets;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The session keys of the messages that a reader has opened lately, in memory: to recover one from its key packet costs an
 * agreement on Curve25519, several times what opening a header costs. {@link #close()} wipes them.
 */
public final class SessionKeys implements AutoCloseable {

    private static final int MOST = 4096;

    private final Map<Name, SessionKey> keys = new LinkedHashMap<>(64, 0.75f, true);
    private boolean closed;

    /** Half of a digest of the key packets: nobody can make two messages that share it. */
    public record Name(long high, long low) {

        public static Name of(byte[] keyPackets) {
            byte[] digest = digest(keyPackets);
            return new Name(number(digest, 0), number(digest, Long.BYTES));
        }

        private static long number(byte[] octets, int at) {
            long number = 0;
            for (int i = at; i < at + Long.BYTES; i++) {
                number = (number << Byte.SIZE) | (octets[i] & 0xFF);
            }
            return number;
        }
    }

    public synchronized Optional<SessionKey> find(byte[] keyPackets) {
        return Optional.ofNullable(keys.get(Name.of(keyPackets)));
    }

    public synchronized void keep(byte[] keyPackets, SessionKey key) {
        if (closed) {
            return;
        }
        keys.put(Name.of(keyPackets), key);
        if (keys.size() > MOST) {
            // Not wiped: another thread may be opening with it.
            keys.remove(keys.keySet().iterator().next());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        keys.values().forEach(key -> Arrays.fill(key.octets(), (byte) 0));
        keys.clear();
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
