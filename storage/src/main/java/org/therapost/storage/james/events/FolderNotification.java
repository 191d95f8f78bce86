package org.therapost.storage.james.events;

import com.google.common.collect.ContiguousSet;
import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;

/**
 * That something happened in a folder, as one process tells the others: ids and UIDs, nothing else.
 *
 * @param process who tells
 */
record FolderNotification(String process, Kind kind, UUID folder, List<Long> uids) {

    // PostgreSQL takes payloads of less than 8,000 octets; a range of UIDs has at most 41.
    private static final int RANGES_AT_A_TIME = 150;

    enum Kind {
        ADDED,
        FLAGS,
        EXPUNGED,
        DELETED
    }

    /** As text; in several parts if the UIDs are many and scattered. */
    static List<String> encode(String process, Kind kind, UUID folder, Collection<Long> uids) {
        String head = process + " " + kind + " " + folder + " ";
        if (uids.isEmpty()) {
            return List.of(head);
        }
        TreeRangeSet<Long> ranges = TreeRangeSet.create();
        uids.forEach(uid -> ranges.add(Range.closedOpen(uid, uid + 1)));
        List<String> parts = new ArrayList<>();
        List<String> part = new ArrayList<>();
        for (Range<Long> range : ranges.asRanges()) {
            part.add(range.lowerEndpoint() + ":" + (range.upperEndpoint() - 1));
            if (part.size() == RANGES_AT_A_TIME) {
                parts.add(head + String.join(",", part));
                part.clear();
            }
        }
        if (!part.isEmpty()) {
            parts.add(head + String.join(",", part));
        }
        return parts;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if it is something else
     */
    static FolderNotification decode(String payload) {
        String[] words = payload.split(" ", -1);
        if (words.length != 4) {
            throw new IllegalArgumentException("no news of a folder");
        }
        List<Long> uids = new ArrayList<>();
        for (String range : words[3].isEmpty() ? new String[0] : words[3].split(",", -1)) {
            int colon = range.indexOf(':');
            uids.addAll(ContiguousSet.create(
                            Range.closed(
                                    Long.valueOf(range.substring(0, Math.max(0, colon))),
                                    Long.valueOf(range.substring(colon + 1))),
                            DiscreteDomain.longs())
                    .asList());
        }
        return new FolderNotification(words[0], Kind.valueOf(words[1]), UUID.fromString(words[2]), uids);
    }
}
