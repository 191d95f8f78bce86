package org.therapost.domain.exchangers;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The mail exchangers of a domain, as DNS named them once; of a domain without MX records the domain itself (RFC 5321
 * section 5.1). They tell who a client's provider is: {@link #toString()} shows none.
 *
 * @param domain of the client's mailbox
 * @param names host names in lower case without final dot, each once, in alphabetical order
 */
public record MailExchangers(String domain, List<String> names) {

    public MailExchangers {
        domain = lower(domain);
        names = names.stream().map(MailExchangers::lower).distinct().sorted().toList();
        if (domain.isEmpty() || names.isEmpty() || names.contains("")) {
            throw new IllegalArgumentException("a domain has an exchanger, and exchangers have names");
        }
    }

    /** Those that a domain names. */
    public static MailExchangers of(String domain, Collection<String> names) {
        return new MailExchangers(domain, List.copyOf(names));
    }

    /** A host's name in the form that is compared. */
    static String lower(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    @Override
    public String toString() {
        return "MailExchangers[" + names.size() + "]";
    }
}
