package org.therapost.domain.addresses;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which addresses their provider takes for one mailbox: several domains, dots that it ignores, words behind a plus sign. Known
 * from a table that the operator can edit; nothing is guessed, since another provider gives {@code i.nes} to somebody else.
 *
 * <p>It answers whose mailbox an address is after the domain has proved to have sent the mail, and never whether it has.
 */
public final class EquivalentAddresses {

    /** Nothing is known: every spelling is a mailbox of its own. */
    public static final EquivalentAddresses NONE = new EquivalentAddresses(Map.of());

    private static final String IGNORES = "ignores";
    private static final Set<String> RULES = Set.of("dots", "hyphens", "underscores", "+tag");

    private final Map<String, Provider> providers;

    private record Provider(String domain, Set<String> ignored) {}

    private EquivalentAddresses(Map<String, Provider> providers) {
        this.providers = Map.copyOf(providers);
    }

    /**
     * Reads a table. A line names the domains of one provider and, behind {@code ignores}, what it ignores before the
     * {@code @}; a {@code #} begins a comment.
     *
     * @throws IllegalArgumentException if a line cannot be read; the text names the line and says what is wrong
     */
    public static EquivalentAddresses read(List<String> lines) {
        Map<String, Provider> providers = new LinkedHashMap<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).replaceFirst("#.*", "").strip();
            if (!line.isEmpty()) {
                read(line, "line " + (i + 1) + ": ", providers);
            }
        }
        return new EquivalentAddresses(providers);
    }

    private static void read(String line, String where, Map<String, Provider> providers) {
        List<String> words = List.of(line.replace(',', ' ').split("\\s+"));
        int split = words.indexOf(IGNORES);
        List<String> domains = split < 0 ? words : words.subList(0, split);
        List<String> rules = split < 0 ? List.of() : words.subList(split + 1, words.size());
        if (domains.isEmpty() || (split >= 0 && rules.isEmpty()) || (split < 0 && domains.size() == 1)) {
            throw new IllegalArgumentException(where + "expected two domains or more, or '" + IGNORES + "' and what");
        }
        for (String rule : rules) {
            if (!RULES.contains(rule)) {
                throw new IllegalArgumentException(
                        where + "'" + rule + "' is none of dots, hyphens, underscores, +tag");
            }
        }
        Map<String, Provider> read = new HashMap<>();
        for (String domain : domains) {
            String name = name(domain, where);
            Provider provider = new Provider(name(domains.get(0), where), Set.copyOf(rules));
            if (providers.containsKey(name) || read.put(name, provider) != null) {
                throw new IllegalArgumentException(where + name + " stands in the table twice");
            }
        }
        providers.putAll(read);
    }

    private static String name(String domain, String where) {
        return DomainName.parse(domain)
                .orElseThrow(why -> new IllegalArgumentException(where + "'" + domain + "' is not a domain name"));
    }

    /** Whether both name one mailbox. */
    public boolean same(EmailAddress one, EmailAddress other) {
        return one.sameMailbox(other) || (knows(one) && usual(one).equals(usual(other)));
    }

    /** Whether the mailbox may have other spellings. */
    public boolean knows(EmailAddress address) {
        return providers.containsKey(address.domain());
    }

    /** The one form of all spellings; for comparing only. */
    private String usual(EmailAddress address) {
        Provider provider = providers.get(address.domain());
        if (provider == null) {
            return address.canonical();
        }
        String canonical = address.canonical();
        String local = Ascii.lowerCase(canonical.substring(0, canonical.lastIndexOf('@')));
        int plus = provider.ignored().contains("+tag") ? local.indexOf('+') : -1;
        String kept = plus > 0 ? local.substring(0, plus) : local;
        kept = provider.ignored().contains("dots") ? kept.replace(".", "") : kept;
        kept = provider.ignored().contains("hyphens") ? kept.replace("-", "") : kept;
        kept = provider.ignored().contains("underscores") ? kept.replace("_", "") : kept;
        // What consists of nothing else is no other spelling of anything.
        return (kept.isEmpty() ? local : kept) + "@" + provider.domain();
    }
}
