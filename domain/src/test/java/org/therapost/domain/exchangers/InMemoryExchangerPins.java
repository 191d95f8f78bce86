package org.therapost.domain.exchangers;

import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.FiledMessage;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.ThreadId;

/** Pins in memory. */
public final class InMemoryExchangerPins implements ExchangerPins {

    public final Map<ThreadId, ExchangerPin> pins = new HashMap<>();
    public final Map<ThreadId, Instant> lastMails = new HashMap<>();
    private final Clock clock;
    private final Notes notes;

    public InMemoryExchangerPins(Clock clock, Notes notes) {
        this.clock = clock;
        this.notes = notes;
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
    public Optional<FiledMessage> say(ThreadId thread, Saying saying) throws CannotTellException {
        Said said = saying.of(pins.getOrDefault(thread, ExchangerPin.NONE), clock.instant());
        if (said.note().isEmpty()) {
            pins.put(thread, said.pin());
            return Optional.empty();
        }
        Filing note = said.note().get();
        FiledMessage filed = notes.file(note);
        pins.put(thread, said.pin());
        return Optional.of(filed);
    }

    /** Where notes are filed. */
    public interface Notes {

        FiledMessage file(Filing note) throws CannotTellException;
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
