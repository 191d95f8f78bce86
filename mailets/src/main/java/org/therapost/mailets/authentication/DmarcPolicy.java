package org.therapost.mailets.authentication;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.therapost.mailets.dns.Dns;
import org.therapost.mailets.dns.DnsAnswer;

/**
 * Which alignment a domain asks for: the tags {@code aspf} and {@code adkim} of its DMARC record (RFC 7489 section 6.3).
 * What it asks to do with failures, {@code p}, {@code sp} and {@code np}, does not matter: here nothing unproved is ever
 * accepted.
 */
final class DmarcPolicy {

    // RFC 7489 section 6.3: the version comes first, as it stands here; what begins otherwise is no DMARC record.
    private static final Pattern RECORD = Pattern.compile("\\s*v\\s*=\\s*DMARC1\\s*(;.*)?", Pattern.DOTALL);

    private final Dns dns;
    private final PublicSuffixes suffixes;

    DmarcPolicy(Dns dns, PublicSuffixes suffixes) {
        this.dns = dns;
        this.suffixes = suffixes;
    }

    /** How two domains stand to each other. */
    DomainAlignment alignment(String proved, String authorDomain) {
        return DomainAlignment.of(proved, authorDomain, suffixes);
    }

    /**
     * Whether an alignment is enough.
     *
     * @param modeTag {@code aspf} or {@code adkim}
     */
    AuthenticationVerdict accepts(DomainAlignment alignment, String authorDomain, String modeTag) {
        return switch (alignment) {
            case EXACT -> AuthenticationVerdict.PASS;
            case NONE -> AuthenticationVerdict.FAIL;
            case ORGANIZATIONAL -> relaxed(authorDomain, modeTag);
        };
    }

    /** RFC 7489 section 6.6.3: the record of the author's domain decides; only where it has none the organizational one's. */
    private AuthenticationVerdict relaxed(String authorDomain, String modeTag) {
        String organization = suffixes.organizationalDomain(authorDomain);
        List<String> names =
                organization.equals(authorDomain) ? List.of(authorDomain) : List.of(authorDomain, organization);
        for (String name : names) {
            DnsAnswer<String> answer = dns.texts("_dmarc." + name);
            if (answer instanceof DnsAnswer.CannotTell) {
                return AuthenticationVerdict.CANNOT_TELL;
            }
            List<String> records =
                    answer instanceof DnsAnswer.Found<String> found ? records(found.records()) : List.of();
            if (!records.isEmpty()) {
                // Step 5: several records are as good as none, and the search ends with them.
                return records.size() == 1 && modes(records.get(0), modeTag).contains("s")
                        ? AuthenticationVerdict.FAIL
                        : AuthenticationVerdict.PASS;
            }
        }
        return AuthenticationVerdict.PASS;
    }

    private static List<String> records(List<String> texts) {
        return texts.stream().filter(text -> RECORD.matcher(text).matches()).toList();
    }

    /** Section 6.3: what is neither {@code r} nor {@code s} is ignored; of a tag that stands there twice the strict one counts. */
    private static List<String> modes(String record, String tag) {
        List<String> modes = new ArrayList<>();
        for (String spec : record.split(";")) {
            int equals = spec.indexOf('=');
            if (equals > 0
                    && spec.substring(0, equals)
                            .strip()
                            .toLowerCase(Locale.ROOT)
                            .equals(tag)) {
                modes.add(spec.substring(equals + 1).strip().toLowerCase(Locale.ROOT));
            }
        }
        return modes;
    }
}
