package org.therapost.domain.exchangers;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;

/** Knows which servers are a client's: pins them, decides about others, adopts those that the therapist accepts. */
public final class ClientServers implements NextHop.Decision {

    private final ExchangerPins pins;
    private final KnownProviders providers;
    private final ExchangerLookup lookup;
    private final Directory directory;
    private final PublishedPolicies policies;
    private final News news;

    public ClientServers(
            ExchangerPins pins,
            KnownProviders providers,
            ExchangerLookup lookup,
            Directory directory,
            PublishedPolicies policies,
            News news) {
        this.pins = pins;
        this.providers = providers;
        this.lookup = lookup;
        this.directory = directory;
        this.policies = policies;
        this.news = news;
    }

    @Override
    public NextHop of(ThreadId thread, MailExchangers seen) throws CannotTellException {
        Optional<MtaStsPolicy> policy = policies.enforced(seen.domain());
        return policy.isPresent() ? byPolicy(thread, seen, policy.get()) : byPin(thread, seen);
    }

    /** What the domain itself says under its name over HTTPS goes before the pinned names, but makes no pin where there is none. */
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
        ExchangerPin pin = pins.change(thread, (before, now, lastMail) -> before.backed(backed, providers));
        return pin.isOf(seen.domain()) ? new NextHop.Hosts(matching) : byPin(thread, backed);
    }

    private static List<String> matching(MailExchangers seen, MtaStsPolicy policy) {
        return seen.names().stream().filter(policy::matches).toList();
    }

    private NextHop byPin(ThreadId thread, MailExchangers seen) throws CannotTellException {
        ExchangerPin pin = pins.change(thread, (before, now, lastMail) -> before.seen(seen, providers, now, lastMail));
        List<String> allowed = pin.allowed(seen, providers);
        if (allowed.isEmpty() && pin.candidate().isPresent()) {
            return new NextHop.Unknown(pin.candidate().get());
        }
        if (pin.candidate().filter(NewExchangers::areNews).isPresent()) {
            tellOf(thread, seen);
        }
        return new NextHop.Hosts(allowed);
    }

    /** If it cannot be said now, the next look says it; until then they are not adopted. */
    private void tellOf(ThreadId thread, MailExchangers beside) throws CannotTellException {
        try {
            Filing note = news.of(directory.thread(thread), beside);
            pins.say(thread, (before, now) -> {
                boolean untold = before.candidate()
                        .filter(others -> others.exchangers().equals(beside) && others.areNews())
                        .isPresent();
                return untold
                        ? new ExchangerPins.Said(before.told(beside, now), Optional.of(note))
                        : new ExchangerPins.Said(before, Optional.empty());
            });
        } catch (RefusedException gone) {
            throw new CannotTellException("the thread is gone", gone);
        }
    }

    /**
     * The exchangers that the client's domain names now, for a consent that is about to be recorded.
     *
     * @throws CannotTellException if DNS gave no answer; then no consent is recorded
     */
    public Optional<MailExchangers> named(ClientThread thread) throws CannotTellException {
        return lookup.of(thread.client().address().domain());
    }

    /** Pins exchangers for a consent that was recorded. */
    public void pin(ThreadId thread, Optional<MailExchangers> seen) throws CannotTellException {
        pins.change(thread, (before, now, lastMail) -> before.consented(seen));
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
                pin(id, named(directory.thread(id)));
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

    /**
     * Adopts the new exchangers of a client, if the therapist was told of exactly these. The note that says what came of it is
     * filed in the same transaction: she was told of what stands there, or of nothing.
     *
     * @return the note
     */
    public FiledMessage accept(ThreadId thread, Answer answer) throws CannotTellException {
        return pins.say(thread, (before, now) -> {
                    Acceptance outcome =
                            before.candidate().map(ClientServers::outcome).orElseGet(Acceptance.Nothing::new);
                    return new ExchangerPins.Said(after(before, outcome, now), Optional.of(answer.to(outcome)));
                })
                .orElseThrow();
    }

    private static ExchangerPin after(ExchangerPin before, Acceptance outcome, Instant now) {
        if (outcome instanceof Acceptance.Accepted accepted) {
            return ExchangerPin.of(accepted.exchangers());
        }
        return outcome instanceof Acceptance.Untold untold ? before.told(untold.exchangers(), now) : before;
    }

    /** Writes the note that answers an acceptance. */
    public interface Answer {

        Filing to(Acceptance outcome) throws CannotTellException;
    }

    /** Writes the note about exchangers that are named beside known ones, to which mail still goes. */
    public interface News {

        Filing of(ClientThread thread, MailExchangers beside) throws CannotTellException;
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
