package org.therapost.server.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.InetAddress;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.answers.CannotTellException;

/** Counts logins over all protocols by what came of them. */
public final class CountedGuesses implements PasswordGuessLimit {

    private final PasswordGuessLimit guesses;
    private final Counter right;
    private final Counter wrong;
    private final Counter undecided;
    private final Counter delayed;
    private final Counter refused;

    public CountedGuesses(PasswordGuessLimit guesses, MeterRegistry meters) {
        this.guesses = guesses;
        this.right = counter(meters, "right");
        this.wrong = counter(meters, "wrong");
        this.undecided = counter(meters, "undecided");
        this.delayed = counter(meters, "delayed");
        this.refused = counter(meters, "refused");
    }

    private static Counter counter(MeterRegistry meters, String result) {
        return meters.counter("therapost.logins", "result", result);
    }

    @Override
    public Guess begin(String login, InetAddress from, Turn turn) throws CannotTellException {
        try {
            return new Counted(guesses.begin(login, from, turn));
        } catch (TooManyGuessesException early) {
            if (early.isDelay()) {
                delayed.increment();
            }
            throw early;
        } catch (CannotTellException enough) {
            refused.increment();
            throw enough;
        }
    }

    private final class Counted implements Guess {

        private final Guess guess;

        Counted(Guess guess) {
            this.guess = guess;
        }

        @Override
        public void right() {
            right.increment();
            guess.right();
        }

        @Override
        public void wrong() {
            wrong.increment();
            guess.wrong();
        }

        @Override
        public void undecided() {
            undecided.increment();
            guess.undecided();
        }
    }
}
