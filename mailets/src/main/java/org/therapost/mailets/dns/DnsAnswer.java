package org.therapost.mailets.dns;

import java.util.List;

/** What the domain name system says. */
public sealed interface DnsAnswer<T> {

    /** There are such records: one or more. */
    record Found<T>(List<T> records) implements DnsAnswer<T> {

        public Found {
            records = List.copyOf(records);
        }
    }

    /** There are certainly none: the name does not exist, or has no records of that type. */
    record Absent<T>() implements DnsAnswer<T> {}

    /** No server gave an answer. */
    record CannotTell<T>() implements DnsAnswer<T> {}
}
