package org.therapost.mailets.authentication;

import java.util.Locale;

/** How a domain that was proved stands to the author's domain: RFC 7489 section 3.1. */
enum DomainAlignment {
    /** The same domain: aligned in strict and relaxed mode. */
    EXACT,
    /** The same organizational domain: aligned in relaxed mode only. */
    ORGANIZATIONAL,
    /** Unrelated. */
    NONE;

    static DomainAlignment of(String proved, String author, PublicSuffixes suffixes) {
        String one = proved.toLowerCase(Locale.ROOT);
        String other = author.toLowerCase(Locale.ROOT);
        if (one.equals(other)) {
            return EXACT;
        }
        return suffixes.organizationalDomain(one).equals(suffixes.organizationalDomain(other)) ? ORGANIZATIONAL : NONE;
    }
}
