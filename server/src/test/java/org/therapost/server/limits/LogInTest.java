package org.therapost.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import org.therapost.domain.access.InMemoryAccounts;
import org.therapost.domain.access.LogIn;
import org.therapost.domain.access.LoginAnswer;
import org.therapost.domain.access.PasswordGuessLimit;
import org.therapost.domain.access.PasswordGuessLimit.Turn;
import org.therapost.domain.access.ReaderLogins;
import org.therapost.domain.access.TooManyGuessesException;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.domain.sealing.keys.SecretKey;
import org.therapost.openpgp.BouncyCastleKeys;

class LogInTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final Password RIGHT = Password.offered("a long walk by the river");
    private static final Password WRONG = Password.offered("a short walk by the sea");
    private static final InetAddress HOME = InetAddress.getLoopbackAddress();

    private final CountingPasswords passwords = new CountingPasswords();
    private final NotedGuesses guesses = new NotedGuesses();
    private final Queue queue = new Queue();
    private final ReaderLogins sessions = new ReaderLogins(
            new InMemoryAccounts(Clock.systemUTC())
                    .with(EmailAddress.of(DR_BLOOM), false, passwords.wrap(RIGHT, Optional.empty())),
            passwords,
            new BouncyCastleKeys(Clock.systemUTC()),
            (thread, reader) -> Optional.empty());
    private final LogIn logIn = new LogIn(sessions, guesses, task -> queue.run(task));

    @Test
    void an_unknown_login_costs_as_much_as_a_wrong_password() throws Exception {
        assertThat(logIn.begin(DR_BLOOM, WRONG, HOME, Turn.FIRST).join()).isInstanceOf(LoginAnswer.Wrong.class);
        int costOfWrong = passwords.proved;
        passwords.proved = 0;
        assertThat(logIn.begin("nobody@practice.example", WRONG, HOME, Turn.FIRST)
                        .join())
                .isInstanceOf(LoginAnswer.Wrong.class);
        assertThat(passwords.proved).isEqualTo(costOfWrong).isPositive();
        assertThat(guesses.notes).containsExactly("wrong", "wrong");
    }

    @Test
    void a_right_password_begins_a_session_and_does_not_count() throws Exception {
        try (LoginAnswer answer = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST).join()) {
            assertThat(answer).isInstanceOf(LoginAnswer.Right.class);
            assertThat(sessions.open()).isEqualTo(1);
        }
        assertThat(sessions.open()).isZero();
        assertThat(logIn.test(DR_BLOOM, RIGHT, HOME, Turn.FIRST).join()).isTrue();
        assertThat(sessions.open()).isZero();
        assertThat(guesses.notes).containsExactly("right", "right");
    }

    @Test
    void who_reads_already_is_not_kept_by_hashing() throws Exception {
        assertThat(logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST).join()).isInstanceOf(LoginAnswer.Right.class);
        passwords.busy = true;
        assertThat(logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST).join()).isInstanceOf(LoginAnswer.Right.class);
        assertThatThrownBy(() -> logIn.begin(DR_BLOOM, WRONG, HOME, Turn.FIRST).join())
                .hasCauseInstanceOf(CannotTellException.class);
        assertThat(guesses.notes).containsExactly("right", "right", "undecided");
    }

    @Test
    void who_finds_no_room_in_the_queue_is_told_to_come_again_and_not_counted() {
        queue.full = true;
        assertThatThrownBy(() -> logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST))
                .isInstanceOf(CannotTellException.class);
        assertThat(guesses.notes).containsExactly("undecided");
        assertThat(sessions.open()).isZero();
    }

    @Test
    void what_fifty_programs_of_dr_bloom_offer_at_once_is_hashed_once_and_each_has_a_session_of_its_own()
            throws Exception {
        queue.waits = true;
        List<CompletableFuture<LoginAnswer>> logins = new ArrayList<>();
        List<CompletableFuture<Boolean>> tests = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            logins.add(logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST));
            tests.add(logIn.test(DR_BLOOM, RIGHT, HOME, Turn.FIRST));
        }
        assertThat(queue.tasks).hasSize(1);
        queue.runAll();

        assertThat(tests).allMatch(CompletableFuture::join);
        assertThat(passwords.proved).isEqualTo(1);
        assertThat(guesses.notes).hasSize(50).containsOnly("right");
        for (CompletableFuture<LoginAnswer> login : logins) {
            assertThat(sessions.open()).isEqualTo(1);
            login.join().close();
            login.join().close();
        }
        assertThat(sessions.open()).isZero();
    }

    @Test
    void a_wrong_password_that_is_offered_five_times_at_once_counts_five_times() throws Exception {
        queue.waits = true;
        List<CompletableFuture<LoginAnswer>> answers = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            answers.add(logIn.begin(DR_BLOOM, WRONG, HOME, Turn.FIRST));
        }
        CompletableFuture<LoginAnswer> right = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        assertThat(queue.tasks).hasSize(2);
        queue.runAll();

        assertThat(answers).extracting(CompletableFuture::join).hasOnlyElementsOfType(LoginAnswer.Wrong.class);
        assertThat(right.join()).isInstanceOf(LoginAnswer.Right.class);
        assertThat(guesses.notes).containsExactly("wrong", "wrong", "wrong", "wrong", "wrong", "right");
    }

    @Test
    void who_hangs_up_while_the_password_is_hashed_leaves_no_session() throws Exception {
        queue.waits = true;
        CompletableFuture<LoginAnswer> gone = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        gone.cancel(false);
        queue.runAll();

        assertThat(sessions.open()).isZero();
        assertThat(guesses.notes).containsExactly("right");
    }

    @Test
    void who_hangs_up_while_a_submission_password_is_tested_leaves_no_session() throws Exception {
        queue.waits = true;
        CompletableFuture<Boolean> gone = logIn.test(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        gone.cancel(false);
        queue.runAll();

        assertThat(sessions.open()).isZero();
        assertThat(guesses.notes).containsExactly("right");
    }

    @Test
    void a_bug_while_hashing_is_told_to_all_and_the_next_login_is_hashed_again() throws Exception {
        queue.waits = true;
        passwords.broken = true;
        CompletableFuture<LoginAnswer> one = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        CompletableFuture<LoginAnswer> other = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        queue.runAll();
        assertThat(one).isCompletedExceptionally();
        assertThat(other).isCompletedExceptionally();

        passwords.broken = false;
        CompletableFuture<LoginAnswer> next = logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST);
        queue.runAll();
        assertThat(next.join()).isInstanceOf(LoginAnswer.Right.class);
    }

    @Test
    void a_password_that_no_password_can_be_is_not_hashed() throws Exception {
        int before = passwords.proved;
        assertThat(logIn.begin(DR_BLOOM, Password.offered("x".repeat(1025)), HOME, Turn.FIRST)
                        .join())
                .isInstanceOf(LoginAnswer.Wrong.class);
        assertThat(passwords.proved).isEqualTo(before);
        assertThat(guesses.notes).containsExactly("wrong");
    }

    @Test
    void what_comes_too_early_is_not_looked_at() {
        guesses.early = true;
        assertThatThrownBy(() -> logIn.begin(DR_BLOOM, RIGHT, HOME, Turn.FIRST))
                .isInstanceOf(TooManyGuessesException.class);
        assertThat(passwords.proved).isZero();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void other_spellings_of_an_address_count_for_the_same_account() throws Exception {
        for (String spelling :
                List.of(DR_BLOOM, "Bloom@practice.example", "bloom@practice.example.", "bloom@\uFF50ractice.example")) {
            assertThat(logIn.begin(spelling, WRONG, HOME, Turn.FIRST).join()).isInstanceOf(LoginAnswer.Wrong.class);
        }

        assertThat(guesses.names).containsOnly(DR_BLOOM).hasSize(4);
    }

    /** Several share one run of the hash; none of them may be left without an answer, nor the key open. */
    @Test
    void guesses_that_cannot_be_counted_leave_nobody_waiting_and_no_key_open() throws Exception {
        queue.waits = true;
        List<CompletableFuture<LoginAnswer>> answers = new ArrayList<>();
        for (Password password : List.of(RIGHT, RIGHT, WRONG, RIGHT)) {
            answers.add(logIn.begin(DR_BLOOM, password, HOME, Turn.FIRST));
        }
        guesses.uncountable = true;
        queue.runAll();
        assertThat(answers).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(sessions.open()).isZero();
    }

    /** Runs at once, unless it shall wait or is full. */
    private static final class Queue {

        private final List<Runnable> tasks = new ArrayList<>();
        private boolean waits;
        private boolean full;

        void run(Runnable task) {
            if (full) {
                throw new RejectedExecutionException("full");
            }
            if (waits) {
                tasks.add(task);
            } else {
                task.run();
            }
        }

        void runAll() {
            List<Runnable> now = List.copyOf(tasks);
            tasks.clear();
            now.forEach(Runnable::run);
        }
    }

    private static final class CountingPasswords implements Passwords {

        private final InMemoryPasswords passwords = new InMemoryPasswords();
        private int proved;
        private boolean busy;
        private boolean broken;

        @Override
        public KeyWrapping wrap(Password password, Optional<SecretKey> secret) {
            return passwords.wrap(password, secret);
        }

        @Override
        public KeyWrapping wrapRandom(Password random, Optional<SecretKey> secret) {
            return passwords.wrapRandom(random, secret);
        }

        @Override
        public PasswordRecord nobodys() {
            return passwords.nobodys();
        }

        @Override
        public boolean outdated(PasswordRecord record) {
            return passwords.outdated(record);
        }

        @Override
        public Optional<PasswordKey> prove(PasswordRecord record, Password password) throws CannotTellException {
            if (busy) {
                throw new CannotTellException("busy");
            }
            if (broken) {
                throw new IllegalStateException("broken");
            }
            proved++;
            return passwords.prove(record, password);
        }

        @Override
        public SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException {
            return passwords.unlock(locked, key);
        }
    }

    private static final class NotedGuesses implements PasswordGuessLimit {

        private final List<String> notes = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private boolean early;
        private boolean uncountable;

        private void note(String note) {
            if (uncountable) {
                throw new IllegalStateException("nobody counts");
            }
            notes.add(note);
        }

        @Override
        public Guess begin(String name, InetAddress from, Turn turn) throws TooManyGuessesException {
            names.add(name);
            if (early) {
                throw new TooManyGuessesException(Duration.ofSeconds(10), true);
            }
            return new Guess() {
                @Override
                public void right() {
                    note("right");
                }

                @Override
                public void wrong() {
                    note("wrong");
                }

                @Override
                public void undecided() {
                    note("undecided");
                }
            };
        }
    }
}
