package org.therapost.storage.queue;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPin.WhenUnpinned;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;

/**
 * A pin as the text that is sealed: a line for what is pinned and a line for the candidate, words separated by spaces, of which host
 * names have none.
 */
final class ExchangerPinText {

    private static final String PINNED = "pinned";
    private static final String CANDIDATE = "candidate";
    private static final String NOT_TOLD = "-";

    private ExchangerPinText() {}

    static String write(ExchangerPin pin) {
        List<String> lines = new ArrayList<>();
        pin.pinned().ifPresent(exchangers -> lines.add(PINNED + " " + words(exchangers)));
        pin.candidate()
                .ifPresent(others -> lines.add(String.join(
                        " ",
                        CANDIDATE,
                        others.since().toString(),
                        others.seenAt().toString(),
                        others.toldAt().map(Instant::toString).orElse(NOT_TOLD),
                        words(others.exchangers()))));
        return String.join("\n", lines);
    }

    static ExchangerPin read(String text) {
        Optional<MailExchangers> pinned = Optional.empty();
        Optional<NewExchangers> candidate = Optional.empty();
        for (String line : text.lines().toList()) {
            List<String> words = Arrays.asList(line.split(" "));
            if (words.get(0).equals(PINNED)) {
                pinned = Optional.of(exchangers(words, 1));
            } else {
                candidate = Optional.of(candidate(words));
            }
        }
        return new ExchangerPin(pinned, candidate, WhenUnpinned.WAITS);
    }

    private static NewExchangers candidate(List<String> words) {
        return new NewExchangers(
                exchangers(words, 4),
                Instant.parse(words.get(1)),
                Instant.parse(words.get(2)),
                words.get(3).equals(NOT_TOLD) ? Optional.empty() : Optional.of(Instant.parse(words.get(3))));
    }

    private static String words(MailExchangers exchangers) {
        return exchangers.domain() + " " + String.join(" ", exchangers.names());
    }

    private static MailExchangers exchangers(List<String> words, int from) {
        return new MailExchangers(words.get(from), words.subList(from + 1, words.size()));
    }
}
