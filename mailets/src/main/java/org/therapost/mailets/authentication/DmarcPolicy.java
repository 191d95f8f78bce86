package org.therapost.mailets.authentication;

import java.util.List;
import java.util.Locale;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/**
 * Which alignment a domain asks for: the tags {@code aspf} and {@code adkim} of its DMARC record (RFC 7489 section 6.3).
 * What it asks to do with failures does not matter: here nothing unproved is ever accepted.
 */
final class DmarcPolicy {

    private final Dns dns;

    DmarcPolicy(Dns dns) {
        this.dns = dns;
    }

    /**
     * Whether an alignment is enough.
     *
     * @param modeTag {@code aspf} or {@code adkim}
     */
    Verdict accepts(Alignment alignment, String authorDomain, String modeTag) {
        return switch (alignment) {
            case EXACT -> Verdict.PASS;
            case NONE -> Verdict.FAIL;
            case ORGANIZATIONAL -> relaxed(authorDomain, modeTag);
        };
    }

    /** RFC 7489 section 6.6.3: the record of the author's domain, else that of the organizational domain. */
    private Verdict relaxed(String authorDomain, String modeTag) {
        Verdict own = relaxedByRecordOf(authorDomain, modeTag);
        String organization = Alignment.organizationalDomain(authorDomain);
        return own == Verdict.FAIL || organization.equals(authorDomain)
                ? own
                : own.equals(Verdict.CANNOT_TELL) ? own : relaxedByRecordOf(organization, modeTag);
    }

    private Verdict relaxedByRecordOf(String domain, String modeTag) {
        DnsAnswer<String> answer = dns.texts("_dmarc." + domain);
        if (answer instanceof DnsAnswer.CannotTell) {
            return Verdict.CANNOT_TELL;
        }
        if (answer instanceof DnsAnswer.Found<String> found) {
            List<String> records = found.records().stream()
                    .map(record -> record.replaceAll("\\s", "").toLowerCase(Locale.ROOT))
                    .filter(record -> record.startsWith("v=dmarc1"))
                    .toList();
            // More than one record is none at all.
            if (records.size() == 1 && List.of(records.get(0).split(";")).contains(modeTag + "=s")) {
                return Verdict.FAIL;
            }
        }
        return Verdict.PASS;
    }
}
