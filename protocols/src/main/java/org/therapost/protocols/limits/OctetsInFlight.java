package org.therapost.protocols.limits;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * How much of what is on its way in may be in memory at the same time, over all connections. A message is gathered,
 * sealed and filed in memory only, whole, and twenty large ones at once would be more than there is; what finds no room is
 * told to come again, and the rest of the server goes on.
 *
 * <p>Each octet that a peer has sent counts {@value #COPIES} times: a message of 26 MB was seen to take 78 MB of live memory
 * at its peak over SMTP and 83 MB by APPEND, and one copy more is for what such looks miss. What is small counts nothing, so
 * that ordinary mail passes without a word; it is bounded by the number of connections.
 */
public final class OctetsInFlight {

    /** Copies of a message that there are at the same time while it is sealed and filed. */
    public static final int COPIES = 4;

    /** Octets of each command that count nothing. */
    public static final int FREE = 64 * 1024;

    private static final int STEP = 64 * 1024;

    private final long most;
    private final AtomicLong taken = new AtomicLong();
    private final LongAdder refusals = new LongAdder();

    /** @param most octets, with their copies, that may be in memory at the same time */
    public OctetsInFlight(long most) {
        this.most = most;
    }

    /** In half of the heap: the other half is for all else, such as reading, passwords and small mail. */
    public static OctetsInFlight inHalfOfTheHeap() {
        return new OctetsInFlight(Runtime.getRuntime().maxMemory() / 2);
    }

    /** Octets that are taken, with their copies. */
    public long now() {
        return taken.get();
    }

    /** How often something has found no room. */
    public long refusals() {
        return refusals.sum();
    }

    /** One connection's, empty. */
    public Share share() {
        return new Share();
    }

    private boolean take(long octets) {
        long before;
        do {
            before = taken.get();
            if (octets > most - before) {
                refusals.increment();
                return false;
            }
        } while (!taken.compareAndSet(before, before + octets));
        return true;
    }

    /** What one connection holds for the command that it is about. Several threads may see it: whoever is last lets go. */
    public final class Share {

        private long held;

        private Share() {}

        /**
         * Holds room for so many octets in all.
         *
         * @return false if there is none; what was held before is still held
         */
        public synchronized boolean grow(long octets) {
            if (octets <= FREE) {
                return true;
            }
            long needed = (octets + STEP - 1) / STEP * STEP * COPIES;
            if (needed > held) {
                if (!take(needed - held)) {
                    return false;
                }
                held = needed;
            }
            return true;
        }

        /** Gives everything back, once. */
        public synchronized void release() {
            taken.addAndGet(-held);
            held = 0;
        }
    }
}
