package org.therapost.domain.exchangers;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.conversation.ThreadId;

/** Pins in memory. */
public final class InMemoryExchangerPins implements ExchangerPins {

    public final Map<ThreadId, ExchangerPin> pins = new HashMap<>();
    public final Map<ThreadId, Instant> lastMails = new HashMap<>();
    private final Clock clock;

    public InMemoryExchangerPins(Clock clock) {
        this.clock = clock;
    }

    @Override
    public ExchangerPin change(ThreadId thread, Change change) {
        return pins.compute(
                thread,
                (same, before) -> change.of(
                        before == null ? ExchangerPin.NONE : before,
                        clock.instant(),
                        Optional.ofNullable(lastMails.get(thread))));
    }

    @Override
    public void forget(ThreadId thread) {
        pins.remove(thread);
    }

    @Override
    public List<ThreadId> all() {
        return List.copyOf(pins.keySet());
    }

    @Override
    public List<ThreadId> ofEarlierConsents() {
        return pins.entrySet().stream()
                .filter(entry -> entry.getValue().equals(ExchangerPin.OF_EARLIER_CONSENT))
                .map(Map.Entry::getKey)
                .toList();
    }
}
