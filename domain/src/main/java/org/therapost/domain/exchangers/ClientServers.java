package org.therapost.domain.exchangers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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

    public ClientServers(ExchangerPins pins, KnownProviders providers, ExchangerLookup lookup, Directory directory) {
        this.pins = pins;
        this.providers = providers;
        this.lookup = lookup;
        this.directory = directory;
    }

    @Override
    public NextHop of(ThreadId thread, MailExchangers seen) throws CannotTellException {
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
