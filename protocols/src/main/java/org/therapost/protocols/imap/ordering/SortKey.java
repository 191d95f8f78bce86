package org.therapost.protocols.imap.ordering;

import java.util.Comparator;
import java.util.List;

/** What messages can be sorted by (RFC 5256 section 3). */
// What compares has no state.
@SuppressWarnings("ImmutableEnumChecker")
enum SortKey {
    ARRIVAL(Comparator.comparing(SortedMessage::arrival)),
    CC((one, other) -> UnicodeCasemap.compare(one.cc(), other.cc())),
    DATE(Comparator.comparing(SortedMessage::sent)),
    FROM((one, other) -> UnicodeCasemap.compare(one.from(), other.from())),
    SIZE(Comparator.comparingLong(SortedMessage::size)),
    SUBJECT((one, other) -> UnicodeCasemap.compare(one.subject(), other.subject())),
    TO((one, other) -> UnicodeCasemap.compare(one.to(), other.to()));

    private final transient Comparator<SortedMessage> order;

    SortKey(Comparator<SortedMessage> order) {
        this.order = order;
    }

    /** Whether the header section has to be read for it. */
    public boolean needsHeader() {
        return this != ARRIVAL && this != SIZE;
    }

    /**
     * One criterion.
     *
     * @param reverse from the last to the first
     */
    public record Criterion(SortKey key, boolean reverse) {

        Comparator<SortedMessage> order() {
            return reverse ? key.order.reversed() : key.order;
        }
    }

    /** Messages that are equal in all of it stay in the order of the folder. */
    public static Comparator<SortedMessage> order(List<Criterion> criteria) {
        return criteria.stream()
                .map(Criterion::order)
                .reduce(Comparator::thenComparing)
                .orElseThrow(() -> new IllegalArgumentException("no criterion"))
                .thenComparingLong(SortedMessage::uid);
    }
}
