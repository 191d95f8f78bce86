package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Applies the rules of time: what is due happens one after the other, each at its own instant, also if the
 * server notices late.
 */
final class Time {

    private static final int TOO_MANY = 100_000;

    private final List<Rule> rules;

    Time(Planning planning) {
        this.rules = Stream.of(
                        planning.rules(),
                        Passage.rules(),
                        SeriesLetters.rules(planning),
                        Holding.rules(),
                        Returning.rules(),
                        Telling.rules(),
                        ExchangeTime.rules(),
                        List.<Rule>of(new ClocksChange(), new HoursWeek()))
                .flatMap(List::stream)
                .toList();
    }

    /** Makes everything happen that is due up to the instant of the draft. */
    void pass(Draft draft) {
        for (int steps = 0; steps < TOO_MANY; steps++) {
            Optional<Due> next = next(draft).filter(due -> !due.at().isAfter(draft.now));
            if (next.isEmpty()) {
                return;
            }
            next.get().rule().happen(draft, draft.reach(next.get().at()));
        }
        throw new IllegalStateException("time does not pass");
    }

    /** When time alone makes the next step. */
    Optional<Instant> wake(Draft draft) {
        Stream<Instant> terms = draft.terms.stream().map(Terms::since).filter(draft.now::isBefore);
        return Stream.concat(next(draft).map(Due::at).stream(), terms).min(Comparator.naturalOrder());
    }

    private Optional<Due> next(Draft draft) {
        // The earliest due rule; of several at one instant the first in the order of the rules.
        return rules.stream()
                .flatMap(rule -> rule.due(draft).map(at -> new Due(rule, draft.notBefore(at))).stream())
                .min(Comparator.comparing(Due::at));
    }

    private record Due(Rule rule, Instant at) {}
}
