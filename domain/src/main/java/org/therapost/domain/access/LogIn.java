package org.therapost.domain.access;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.keys.Password;

/**
 * Logging in, over whatever protocol: guesses are limited first, then the password is tried. What is said of an unknown
 * login is what is said of a wrong password, after the same work.
 *
 * <p>No caller waits for a password to be hashed: it gets its answer later. One account's mail programs come all at once, after
 * a restart, with the same password: it is hashed once for all who offer it while that one run waits or works.
 */
public final class LogIn {

    private final ReaderLogins sessions;
    private final PasswordGuessLimit guesses;
    private final Executor hashing;
    private final Map<ByteBuffer, List<Caller>> trials = new HashMap<>();

    /** @param hashing where passwords are hashed; refuses what it has no room for */
    public LogIn(ReaderLogins sessions, PasswordGuessLimit guesses, Executor hashing) {
        this.sessions = sessions;
        this.guesses = guesses;
        this.hashing = hashing;
    }

    /**
     * Logs in.
     *
     * @param login as it was given
     * @param from the address that asks
     * @param turn whether the same was asked before, and delayed by a {@link TooManyGuessesException}
     * @return whether the password was right, with the login; whoever gets it closes it. Fails with a
     *     {@link CannotTellException} if the password could not be looked at. Who cancels it has no login
     * @throws TooManyGuessesException if the password was not looked at, and may be offered again after a while
     * @throws CannotTellException if it was not looked at for another reason
     */
    public CompletableFuture<LoginAnswer> begin(
            String login, Password password, InetAddress from, PasswordGuessLimit.Turn turn)
            throws CannotTellException {
        Optional<EmailAddress> address = EmailAddress.parse(login).toOptional();
        // One account has one count, however its address is spelled: with a final dot, in letters of another width.
        Caller caller = new Caller(
                guesses.begin(address.map(EmailAddress::canonical).orElse(login), from, turn),
                new CompletableFuture<>());
        if (address.isEmpty()) {
            caller.wrong();
            return caller.answer();
        }
        boolean told = false;
        try {
            Optional<ReaderLogin> joined = sessions.join(address.get(), password);
            if (joined.isPresent()) {
                caller.right(joined.get());
            } else {
                queue(address.get(), password, caller);
            }
            told = true;
        } finally {
            if (!told) {
                caller.guess().undecided();
            }
        }
        return caller.answer();
    }

    /** Whether the password is right, without a login that lasts; otherwise like {@link #begin}. */
    public CompletableFuture<Boolean> test(
            String login, Password password, InetAddress from, PasswordGuessLimit.Turn turn)
            throws CannotTellException {
        CompletableFuture<Boolean> right = new CompletableFuture<>();
        // Not what depends on it: a dependent that is cancelled would not close the login.
        var unused = begin(login, password, from, turn).whenComplete((answer, failed) -> {
            if (failed != null) {
                right.completeExceptionally(failed);
                return;
            }
            try (answer) {
                right.complete(answer instanceof LoginAnswer.Right);
            }
        });
        return right;
    }

    private void queue(EmailAddress address, Password password, Caller caller) throws CannotTellException {
        ByteBuffer offer = sessions.digest(address, password);
        synchronized (trials) {
            List<Caller> sharing = trials.get(offer);
            if (sharing != null) {
                sharing.add(caller);
                return;
            }
            trials.put(offer, new ArrayList<>(List.of(caller)));
            try {
                hashing.execute(() -> hash(offer, address, password));
            } catch (RejectedExecutionException full) {
                trials.remove(offer);
                throw new CannotTellException("too many passwords are being tried", full);
            }
        }
    }

    private void hash(ByteBuffer offer, EmailAddress address, Password password) {
        Optional<ReaderLogin> begun = Optional.empty();
        Optional<Throwable> unclear = Optional.empty();
        try {
            begun = sessions.begin(address, password);
        } catch (CannotTellException | RuntimeException | Error failed) {
            unclear = Optional.of(failed);
        }
        try {
            for (Caller caller : sharing(offer)) {
                if (unclear.isPresent()) {
                    caller.unclear(unclear.get());
                } else if (begun.isEmpty()) {
                    caller.wrong();
                } else {
                    share(address, password, caller);
                }
            }
        } finally {
            begun.ifPresent(ReaderLogin::close);
        }
    }

    private List<Caller> sharing(ByteBuffer offer) {
        synchronized (trials) {
            return Objects.requireNonNull(trials.remove(offer), "it was put there before it was queued");
        }
    }

    /** A login of its own for each who shared the run; that of the run itself ends when all have theirs. */
    private void share(EmailAddress address, Password password, Caller caller) {
        try {
            Optional<ReaderLogin> joined = sessions.join(address, password);
            if (joined.isPresent()) {
                caller.right(joined.get());
            } else {
                caller.unclear(new CannotTellException("the password was changed just now"));
            }
        } catch (CannotTellException | RuntimeException | Error failed) {
            caller.unclear(failed);
        }
    }

    /** Somebody who offers a password. */
    private record Caller(PasswordGuessLimit.Guess guess, CompletableFuture<LoginAnswer> answer) {

        void right(ReaderLogin login) {
            boolean taken = false;
            try {
                guess.right();
                taken = answer.complete(new LoginAnswer.Right(login));
            } finally {
                if (!taken) {
                    login.close();
                }
            }
        }

        /** Each caller gets an answer, also where the guess cannot be counted. */
        void wrong() {
            try {
                guess.wrong();
                answer.complete(new LoginAnswer.Wrong());
            } catch (RuntimeException | Error uncounted) {
                answer.completeExceptionally(uncounted);
            }
        }

        void unclear(Throwable why) {
            try {
                guess.undecided();
            } catch (RuntimeException | Error uncounted) {
                why.addSuppressed(uncounted);
            }
            answer.completeExceptionally(why);
        }
    }
}
