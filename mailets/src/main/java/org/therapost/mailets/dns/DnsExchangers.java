package org.therapost.mailets.dns;

import java.util.List;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.exchangers.ExchangerLookup;
import org.therapost.domain.exchangers.MailExchangers;

/** Exchangers as MX records name them (RFC 5321 section 5.1). */
public final class DnsExchangers implements ExchangerLookup {

    private final Dns dns;

    public DnsExchangers(Dns dns) {
        this.dns = dns;
    }

    @Override
    public Optional<MailExchangers> of(String domain) throws CannotTellException {
        DnsAnswer<String> exchangers = dns.exchangers(domain);
        if (exchangers instanceof DnsAnswer.Found<String> found) {
            // RFC 7505: "." says that the domain takes no mail; beside others it means nothing.
            List<String> names =
                    found.records().stream().filter(host -> !host.isEmpty()).toList();
            return names.isEmpty() ? Optional.empty() : Optional.of(MailExchangers.of(domain, names));
        }
        if (exchangers instanceof DnsAnswer.CannotTell) {
            throw silent();
        }
        return withoutRecord(domain);
    }

    private Optional<MailExchangers> withoutRecord(String domain) throws CannotTellException {
        DnsAnswer<?> ipv4 = dns.ipv4(domain);
        DnsAnswer<?> ipv6 = dns.ipv6(domain);
        if (ipv4 instanceof DnsAnswer.Found || ipv6 instanceof DnsAnswer.Found) {
            return Optional.of(MailExchangers.of(domain, List.of(domain)));
        }
        if (ipv4 instanceof DnsAnswer.CannotTell || ipv6 instanceof DnsAnswer.CannotTell) {
            throw silent();
        }
        return Optional.empty();
    }

    private static CannotTellException silent() {
        return new CannotTellException("DNS did not tell the mail exchangers of the client's domain");
    }
}
