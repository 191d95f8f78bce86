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
import java.util.function.Consumer;
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
    private final Consumer<EmailAddress> opened;
    private final Map<ByteBuffer, List<Caller>> trials = new HashMap<>();

    /** @param hashing where passwords are hashed; refuses what it has no room for */
    public LogIn(ReaderLogins sessions, PasswordGuessLimit guesses, Executor hashing) {
        this(sessions, guesses, hashing, account -> {});
    }

    /**
     * Logging in of which somebody hears.
     *
     * @param hashing where passwords are hashed; refuses what it has no room for
     * @param opened hears of accounts whose key was opened just now, and returns at once
     */
    public LogIn(ReaderLogins sessions, PasswordGuessLimit guesses, Executor hashing, Consumer<EmailAddress> opened) {
        this.sessions = sessions;
        this.guesses = guesses;
        this.hashing = hashing;
        this.opened = opened;
    }

    /**
     * Begins a reader's session.
     *
     * @param login as it was given
     * @param from the address that asks
     * @param waited whether the same was asked before, and delayed by a {@link TooManyGuessesException}
     * @return whether the password was right; then {@link ReaderLogins#end} must follow exactly once. Fails with a
     *     {@link CannotTellException} if the password could not be looked at. Who cancels it has no session
     * @throws TooManyGuessesException if the password was not looked at, and may be offered again after a while
     * @throws CannotTellException if it was not looked at for another reason
     */
    public CompletableFuture<Boolean> begin(String login, Password password, InetAddress from, boolean waited)
            throws CannotTellException {
        Optional<EmailAddress> address = address(login);
        // One account has one count, however its address is spelled: with a final dot, in letters of another width.
        Caller caller = new Caller(
                guesses.begin(address.map(EmailAddress::canonical).orElse(login), from, waited),
                new CompletableFuture<>());
        if (address.isEmpty()) {
            caller.wrong();
            return caller.answer();
        }
        boolean told = false;
        try {
            if (sessions.join(address.get(), password)) {
                caller.right(sessions, address.get());
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

    /** Whether the password is right, without beginning a session; otherwise like {@link #begin}. */
    public CompletableFuture<Boolean> test(String login, Password password, InetAddress from, boolean waited)
            throws CannotTellException {
        return begin(login, password, from, waited).thenApply(right -> {
            if (right) {
                address(login).ifPresent(sessions::end);
            }
            return right;
        });
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
        boolean right = false;
        Optional<Throwable> unclear = Optional.empty();
        try {
            right = sessions.begin(address, password);
        } catch (CannotTellException | RuntimeException | Error failed) {
            unclear = Optional.of(failed);
        }
        List<Caller> callers;
        synchronized (trials) {
            callers = Objects.requireNonNull(trials.remove(offer), "it was put there before it was queued");
        }
        try {
            for (Caller caller : callers) {
                if (unclear.isPresent()) {
                    caller.unclear(unclear.get());
                } else if (!right) {
                    caller.wrong();
                } else {
                    share(address, password, caller);
                }
            }
        } finally {
            if (right) {
                opened.accept(address);
                sessions.end(address);
            }
        }
    }

    /** A session of its own for each who shared the run; that of the run itself ends when all have theirs. */
    private void share(EmailAddress address, Password password, Caller caller) {
        try {
            if (sessions.join(address, password)) {
                caller.right(sessions, address);
            } else {
                caller.unclear(new CannotTellException("the password was changed just now"));
            }
        } catch (CannotTellException | RuntimeException | Error failed) {
            caller.unclear(failed);
        }
    }

    /** Somebody who offers a password. */
    private record Caller(PasswordGuessLimit.Guess guess, CompletableFuture<Boolean> answer) {

        void right(ReaderLogins sessions, EmailAddress address) {
            boolean taken = false;
            try {
                guess.right();
                taken = answer.complete(true);
            } finally {
                if (!taken) {
                    sessions.end(address);
                }
            }
        }

        /** Each caller gets an answer, also where the guess cannot be counted. */
        void wrong() {
            try {
                guess.wrong();
                answer.complete(false);
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

    private static Optional<EmailAddress> address(String login) {
        try {
            return Optional.of(EmailAddress.of(login));
        } catch (IllegalArgumentException nobodys) {
            return Optional.empty();
        }
    }
}
