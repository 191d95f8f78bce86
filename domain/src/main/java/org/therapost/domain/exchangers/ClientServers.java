package org.therapost.domain.exchangers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadId;

/** Knows which servers are a client's: pins them, decides about others, adopts those that the therapist accepts. */
public final class ClientServers implements NextHop.Decision {

    private final ExchangerPins pins;
    private final KnownProviders providers;
    private final ExchangerLookup lookup;
    private final Directory directory;
    private final PublishedPolicies policies;

    public ClientServers(
            ExchangerPins pins,
            KnownProviders providers,
            ExchangerLookup lookup,
            Directory directory,
            PublishedPolicies policies) {
        this.pins = pins;
        this.providers = providers;
        this.lookup = lookup;
        this.directory = directory;
        this.policies = policies;
    }

    @Override
    public NextHop of(ThreadId thread, MailExchangers seen) throws CannotTellException {
        Optional<MtaStsPolicy> policy = policies.enforced(seen.domain());
        return policy.isPresent() ? byPolicy(thread, seen, policy.get()) : byPin(thread, seen);
    }

    /** What the domain itself says under its name over HTTPS needs no pin; it goes before one. */
    private NextHop byPolicy(ThreadId thread, MailExchangers seen, MtaStsPolicy policy) throws CannotTellException {
        List<String> matching = matching(seen, policy);
        if (matching.isEmpty()) {
            // RFC 8461 section 5.1: the policy may have changed.
            Optional<MtaStsPolicy> anew = policies.enforcedAnew(seen.domain());
            if (anew.isEmpty()) {
                return byPin(thread, seen);
            }
            matching = matching(seen, anew.get());
        }
        if (matching.isEmpty()) {
            return new NextHop.AgainstPolicy();
        }
        MailExchangers backed = MailExchangers.of(seen.domain(), matching);
        pins.change(thread, (before, now, lastMail) -> before.backed(backed, providers));
        return new NextHop.Hosts(matching);
    }

    private static List<String> matching(MailExchangers seen, MtaStsPolicy policy) {
        return seen.names().stream().filter(policy::matches).toList();
    }

    private NextHop byPin(ThreadId thread, MailExchangers seen) throws CannotTellException {
        ExchangerPin pin = pins.change(thread, (before, now, lastMail) -> before.seen(seen, providers, now, lastMail));
        List<String> allowed = pin.allowed(seen, providers);
        return allowed.isEmpty() && pin.candidate().isPresent()
                ? new NextHop.Unknown(pin.candidate().get())
                : new NextHop.Hosts(allowed);
    }

    /**
     * Pins the exchangers of the client's domain as they are now, for a consent that is recorded now.
     *
     * @throws CannotTellException if DNS gave no answer; then nothing is pinned
     */
    public void pin(ClientThread thread) throws CannotTellException {
        Optional<MailExchangers> seen = lookup.of(thread.client().address().domain());
        pins.change(thread.id(), (before, now, lastMail) -> before.consented(seen));
    }

    /** Forgets the pin of a consent that was revoked. */
    public void forget(ThreadId thread) throws CannotTellException {
        pins.forget(thread);
    }

    /**
     * Pins the exchangers of all clients who consented before there were pins.
     *
     * @return for how many DNS gave no answer; they are pinned at their next mail, or at the next call
     */
    public int pinEarlierConsents() throws CannotTellException {
        int open = 0;
        for (ThreadId id : pins.ofEarlierConsents()) {
            try {
                pin(directory.thread(id));
            } catch (CannotTellException | RefusedException silent) {
                open++;
            }
        }
        return open;
    }

    /** Fetches the policies of clients' domains anew before they run out, and forgets those of domains that are no client's. */
    public void refreshPolicies() throws CannotTellException {
        Set<String> domains = new TreeSet<>();
        for (ThreadId id : pins.all()) {
            domain(id).ifPresent(domains::add);
        }
        policies.refresh(domains);
    }

    private Optional<String> domain(ThreadId id) throws CannotTellException {
        try {
            return Optional.of(directory.thread(id).client().address().domain());
        } catch (RefusedException gone) {
            return Optional.empty();
        }
    }

    /** Adopts the new exchangers of a client, if the therapist was told of exactly these. */
    public Acceptance accept(ThreadId thread) throws CannotTellException {
        List<Acceptance> came = new ArrayList<>();
        pins.change(thread, (before, now, lastMail) -> {
            Acceptance outcome = before.candidate().map(ClientServers::outcome).orElseGet(Acceptance.Nothing::new);
            came.add(outcome);
            return outcome instanceof Acceptance.Accepted accepted
                    ? ExchangerPin.of(accepted.exchangers())
                    : before.told(now);
        });
        // A transaction that was repeated has the last word.
        return came.get(came.size() - 1);
    }

    private static Acceptance outcome(NewExchangers others) {
        return others.toldAt().isPresent()
                ? new Acceptance.Accepted(others.exchangers())
                : new Acceptance.Untold(others.exchangers());
    }

    /** What came of an acceptance. */
    public sealed interface Acceptance {

        /** Mail may go there from now on. */
        record Accepted(MailExchangers exchangers) implements Acceptance {}

        /** They are others than those that the therapist was told of; nothing is adopted, and the therapist hears of these now. */
        record Untold(MailExchangers exchangers) implements Acceptance {}

        /** There is nothing new. */
        record Nothing() implements Acceptance {}
    }
}
