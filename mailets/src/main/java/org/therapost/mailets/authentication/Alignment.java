package org.therapost.mailets.authentication;

import com.google.common.base.Splitter;
import com.google.common.net.InternetDomainName;
import java.util.List;
import java.util.Locale;

/** How a domain that was proved stands to the author's domain: RFC 7489 section 3.1. */
enum Alignment {
    /** The same domain: aligned in strict and relaxed mode. */
    EXACT,
    /** The same organizational domain: aligned in relaxed mode only. */
    ORGANIZATIONAL,
    /** Unrelated. */
    NONE;

    static Alignment of(String proved, String author) {
        String one = proved.toLowerCase(Locale.ROOT);
        String other = author.toLowerCase(Locale.ROOT);
        if (one.equals(other)) {
            return EXACT;
        }
        return organizationalDomain(one).equals(organizationalDomain(other)) ? ORGANIZATIONAL : NONE;
    }

    /** RFC 7489 section 3.2, by the public suffix list. */
    static String organizationalDomain(String domain) {
        if (InternetDomainName.isValid(domain)) {
            InternetDomainName name = InternetDomainName.from(domain);
            if (name.isPublicSuffix()) {
                return domain;
            }
            if (name.hasPublicSuffix()) {
                return name.topPrivateDomain().toString();
            }
        }
        // The list's default rule: an unknown top-level domain is a public suffix.
        List<String> labels = Splitter.on('.').splitToList(domain);
        int last = labels.size();
        return last <= 2 ? domain : labels.get(last - 2) + "." + labels.get(last - 1);
    }
}
