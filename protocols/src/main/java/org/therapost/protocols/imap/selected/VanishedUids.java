package org.therapost.protocols.imap.selected;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.james.imap.api.message.UidRange;
import org.apache.james.imap.api.process.SelectedMailbox;
import org.apache.james.mailbox.MessageUid;

/** Which UIDs are gone from a folder: what cannot be told from its beginnings and ends is told too (RFC 7162 section 3.2.6). */
final class VanishedUids {

    private VanishedUids() {}

    /** The parts of some ranges up to a UID: what comes after it never was. */
    static UidRange[] upTo(long last, UidRange[] ranges) {
        return Arrays.stream(ranges)
                .filter(range -> range.getLowVal().asLong() <= last)
                .map(range -> new UidRange(
                        range.getLowVal(),
                        MessageUid.of(Math.min(last, range.getHighVal().asLong()))))
                .toArray(UidRange[]::new);
    }

    /** Of the UIDs in these ranges, those that a folder does not have. */
    static UidRange[] from(SelectedMailbox folder, UidRange[] ranges) {
        long[] there = AnnouncedFolder.uids(folder).toArray();
        List<UidRange> vanishedUids = new ArrayList<>();
        for (UidRange range : ranges) {
            long from = range.getLowVal().asLong();
            long to = range.getHighVal().asLong();
            int found = Arrays.binarySearch(there, from);
            for (int i = found < 0 ? -found - 1 : found; i < there.length && there[i] <= to; i++) {
                add(vanishedUids, from, there[i] - 1);
                from = there[i] + 1;
            }
            add(vanishedUids, from, to);
        }
        return vanishedUids.toArray(UidRange[]::new);
    }

    private static void add(List<UidRange> ranges, long from, long to) {
        if (from <= to) {
            ranges.add(new UidRange(MessageUid.of(from), MessageUid.of(to)));
        }
    }
}
