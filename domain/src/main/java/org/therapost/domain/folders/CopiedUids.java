package org.therapost.domain.folders;

import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What became of which message in a COPY or MOVE (COPYUID, RFC 4315 section 3). The store leaves it under this class in the mailbox
 * session, because James hands on the new UIDs only.
 *
 * @param uids pairs of UIDs, in the order in which the new ones were given
 */
public record CopiedUids(List<Pair> uids) {

    public static final CopiedUids NONE = new CopiedUids(List.of());

    public CopiedUids {
        uids = List.copyOf(uids);
    }

    /** A message's UID in the folder it came from, and the one in the folder it came to. */
    public record Pair(long source, long target) {}

    /** With those that were copied after these. */
    public CopiedUids and(List<Pair> more) {
        return new CopiedUids(Stream.concat(uids.stream(), more.stream()).toList());
    }

    /** The UIDs in the folder that the messages came from, as a set of IMAP in the same order as {@link #targets()}. */
    public String sources() {
        return set(Pair::source);
    }

    /** The UIDs in the folder that the messages came to, as a set of IMAP. */
    public String targets() {
        return set(Pair::target);
    }

    private String set(Function<Pair, Long> uid) {
        StringBuilder set = new StringBuilder();
        for (int from = 0, to; from < uids.size(); from = to) {
            long first = uid.apply(uids.get(from));
            for (to = from + 1; to < uids.size() && uid.apply(uids.get(to)) == first + to - from; ) {
                to++;
            }
            set.append(set.isEmpty() ? "" : ",")
                    .append(first)
                    .append(to - from > 1 ? ":" + (first + to - from - 1) : "");
        }
        return set.toString();
    }
}
