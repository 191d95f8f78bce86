package org.therapost.domain.sealing;

import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Messages that readers have opened lately, and parts of them, in memory, so that the second look at one costs less than the first. All
 * readers share one budget; what nobody has looked at for longest goes first, and what belongs to a reader is wiped when
 * their last session ends.
 */
public final class OpenedMessageCache {

    private final long budget;
    private final Map<Place, MailContent> kept = new LinkedHashMap<>(64, 0.75f, true);
    private long octets;

    private record Place(Desk desk, Object message) {}

    /** @param budget octets of messages; 0 keeps nothing */
    public OpenedMessageCache(long budget) {
        this.budget = budget;
    }

    /** A place for one reader. */
    public Desk desk() {
        return new Desk(this);
    }

    /** Octets of all messages kept now. */
    public synchronized long octets() {
        return octets;
    }

    private synchronized @Nullable MailContent find(Place place) {
        return kept.get(place);
    }

    private synchronized void keep(Place place, MailContent content) {
        if (content.size() > budget || place.desk().closed) {
            return;
        }
        MailContent before = kept.put(place, content);
        octets += content.size() - (before == null ? 0 : before.size());
        Iterator<MailContent> oldest = kept.values().iterator();
        while (octets > budget) {
            // Not wiped: it may be on its way to the reader.
            octets -= oldest.next().size();
            oldest.remove();
        }
    }

    private synchronized void forget(Desk desk) {
        desk.closed = true;
        for (Iterator<Map.Entry<Place, MailContent>> each = kept.entrySet().iterator(); each.hasNext(); ) {
            Map.Entry<Place, MailContent> entry = each.next();
            if (entry.getKey().desk() == desk) {
                octets -= entry.getValue().size();
                Arrays.fill(entry.getValue().octets(), (byte) 0);
                each.remove();
            }
        }
    }

    /** What one reader has opened lately. */
    public static final class Desk implements AutoCloseable {

        private final OpenedMessageCache memory;
        private boolean closed;

        private Desk(OpenedMessageCache memory) {
            this.memory = memory;
        }

        /** @param message names it, whatever the name is made of */
        public Optional<MailContent> find(Object message) {
            return Optional.ofNullable(memory.find(new Place(this, message)));
        }

        /** Keeps a message, unless it is too large; nobody may change its octets from now on. */
        public void keep(Object message, MailContent content) {
            memory.keep(new Place(this, message), content);
        }

        /** Wipes what is kept; nothing is kept any more. */
        @Override
        public void close() {
            memory.forget(this);
        }
    }
}
