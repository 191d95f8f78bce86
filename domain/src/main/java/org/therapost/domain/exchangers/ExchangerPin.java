package org.therapost.domain.exchangers;

import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The exchangers that count as the client's server for one thread.
 *
 * @param pinned those to which mail by {@code tls} may go; empty if there are none yet
 * @param candidate others, that the domain names now and that are not adopted yet
 * @param unpinned what happens at the first look if nothing is pinned
 */
public record ExchangerPin(Optional<MailExchangers> pinned, Optional<NewExchangers> candidate, WhenUnpinned unpinned) {

    /** Nothing is known; what is seen is a candidate. */
    public static final ExchangerPin NONE = new ExchangerPin(Optional.empty(), Optional.empty(), WhenUnpinned.WAITS);

    /** Of a consent that was recorded before there were pins: until then all exchangers that DNS named were trusted. */
    public static final ExchangerPin OF_EARLIER_CONSENT =
            new ExchangerPin(Optional.empty(), Optional.empty(), WhenUnpinned.TAKES_FIRST);

    /** What happens at the first look if nothing is pinned. */
    public enum WhenUnpinned {
        /** What is seen is pinned. */
        TAKES_FIRST,
        /** What is seen is a candidate. */
        WAITS
    }

    /** A pin of these exchangers and no others. */
    public static ExchangerPin of(MailExchangers exchangers) {
        return new ExchangerPin(Optional.of(exchangers), Optional.empty(), WhenUnpinned.WAITS);
    }

    /** The pin of a consent that is recorded now; one that there is for that domain is kept. */
    ExchangerPin consented(Optional<MailExchangers> seen) {
        if (seen.isEmpty()) {
            return pinned.isPresent() ? this : NONE;
        }
        return isOf(seen.get().domain()) ? this : of(seen.get());
    }

    /** Whether exchangers of this domain are pinned. */
    boolean isOf(String domain) {
        return pinned.filter(pin -> pin.domain().equals(domain)).isPresent();
    }

    /**
     * The pin after the domain's own policy named these exchangers: they count also when there is no policy any more. Without a pin
     * for that domain there is none afterwards: a policy says whose an exchanger is, not that the client consented.
     */
    ExchangerPin backed(MailExchangers exchangers, KnownProviders providers) {
        return !isOf(exchangers.domain()) || allowed(exchangers, providers).equals(exchangers.names())
                ? this
                : of(exchangers);
    }

    /**
     * The pin after a look at DNS.
     *
     * @param now by the database's clock
     * @param lastMail when authenticated mail of the client was last accepted
     */
    ExchangerPin seen(MailExchangers seen, KnownProviders providers, Instant now, Optional<Instant> lastMail) {
        if (pinned.isEmpty() && unpinned == WhenUnpinned.TAKES_FIRST) {
            return of(seen);
        }
        if (allowed(seen, providers).equals(seen.names())) {
            return new ExchangerPin(pinned, Optional.empty(), unpinned);
        }
        NewExchangers others =
                candidate.map(before -> before.seen(seen, now)).orElseGet(() -> NewExchangers.first(seen, now));
        return others.mayBeAdopted(lastMail) ? of(seen) : new ExchangerPin(pinned, Optional.of(others), unpinned);
    }

    /** Those of the exchangers to which mail may go, in alphabetical order. */
    List<String> allowed(MailExchangers seen, KnownProviders providers) {
        if (pinned.isEmpty() || !isOf(seen.domain())) {
            return List.of();
        }
        List<String> names = pinned.get().names();
        Set<String> whole = new HashSet<>();
        names.forEach(name -> providers.of(name).ifPresent(whole::add));
        return seen.names().stream()
                .filter(name -> names.contains(name)
                        || providers.of(name).filter(whole::contains).isPresent())
                .toList();
    }

    /** Whether these are the candidate. */
    public boolean proposes(MailExchangers exchangers) {
        return candidate
                .filter(others -> others.exchangers().equals(exchangers))
                .isPresent();
    }

    /** The pin after the therapist was told of these exchangers; the same if others are the candidate by now. */
    public ExchangerPin told(MailExchangers exchangers, Instant now) {
        return proposes(exchangers)
                ? new ExchangerPin(pinned, candidate.map(others -> others.told(now)), unpinned)
                : this;
    }
}
