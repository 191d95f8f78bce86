package org.therapost.server.limits;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.Account;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.sealing.GuessLimit;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.domain.sealing.LockedKey;
import org.therapost.domain.sealing.LogIn;
import org.therapost.domain.sealing.Password;
import org.therapost.domain.sealing.PasswordKey;
import org.therapost.domain.sealing.PasswordRecord;
import org.therapost.domain.sealing.Passwords;
import org.therapost.domain.sealing.ReaderSessions;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SecretKey;
import org.therapost.domain.sealing.TooManyGuessesException;
import org.therapost.openpgp.BouncyCastleKeys;

class LogInTest {

    private static final String DR_BLOOM = "bloom@practice.example";
    private static final Password RIGHT = Password.chosen("a long walk by the river");
    private static final Password WRONG = Password.offered("a short walk by the sea");
    private static final InetAddress HOME = InetAddress.getLoopbackAddress();

    private final CountingPasswords passwords = new CountingPasswords();
    private final NotedGuesses guesses = new NotedGuesses();
    private final Account account = new Account(EmailAddress.of(DR_BLOOM), passwords.record(RIGHT), Optional.empty());
    private final ReaderSessions sessions = new ReaderSessions(
            address -> address.value().equals(DR_BLOOM) ? Optional.of(account) : Optional.empty(),
            passwords,
            new BouncyCastleKeys(Clock.systemUTC()),
            (thread, reader) -> Optional.empty());
    private final LogIn logIn = new LogIn(sessions, guesses);

    @Test
    void an_unknown_login_costs_as_much_as_a_wrong_password() throws Exception {
        assertThat(logIn.begin(DR_BLOOM, WRONG, HOME, false)).isFalse();
        int costOfWrong = passwords.proved;
        passwords.proved = 0;
        assertThat(logIn.begin("nobody@practice.example", WRONG, HOME, false)).isFalse();
        assertThat(passwords.proved).isEqualTo(costOfWrong).isPositive();
        assertThat(guesses.notes).containsExactly("wrong", "wrong");
    }

    @Test
    void a_right_password_begins_a_session_and_does_not_count() throws Exception {
        assertThat(logIn.begin(DR_BLOOM, RIGHT, HOME, false)).isTrue();
        assertThat(sessions.open()).isEqualTo(1);
        sessions.end(EmailAddress.of(DR_BLOOM));
        assertThat(logIn.test(DR_BLOOM, RIGHT, HOME, false)).isTrue();
        assertThat(sessions.open()).isZero();
        assertThat(guesses.notes).containsExactly("right", "right");
    }

    @Test
    void who_reads_already_is_not_kept_by_hashing() throws Exception {
        assertThat(logIn.begin(DR_BLOOM, RIGHT, HOME, false)).isTrue();
        passwords.busy = true;
        assertThat(logIn.begin(DR_BLOOM, RIGHT, HOME, false)).isTrue();
        assertThatThrownBy(() -> logIn.begin(DR_BLOOM, WRONG, HOME, false)).isInstanceOf(CannotTellException.class);
        assertThat(guesses.notes).containsExactly("right", "right", "undecided");
    }

    @Test
    void a_password_that_no_password_can_be_is_not_hashed() throws Exception {
        int before = passwords.proved;
        assertThat(logIn.begin(DR_BLOOM, Password.offered("x".repeat(1025)), HOME, false))
                .isFalse();
        assertThat(passwords.proved).isEqualTo(before);
        assertThat(guesses.notes).containsExactly("wrong");
    }

    @Test
    void what_comes_too_early_is_not_looked_at() {
        guesses.early = true;
        assertThatThrownBy(() -> logIn.begin(DR_BLOOM, RIGHT, HOME, false)).isInstanceOf(TooManyGuessesException.class);
        assertThat(passwords.proved).isZero();
        assertThat(sessions.open()).isZero();
    }

    @Test
    void other_spellings_of_an_address_count_for_the_same_account() throws Exception {
        for (String spelling :
                List.of(DR_BLOOM, "Bloom@practice.example", "bloom@practice.example.", "bloom@\uFF50ractice.example")) {
            assertThat(logIn.begin(spelling, WRONG, HOME, false)).isFalse();
        }

        assertThat(guesses.names).containsOnly(DR_BLOOM).hasSize(4);
    }

    private static final class CountingPasswords implements Passwords {

        private final InMemoryPasswords passwords = new InMemoryPasswords();
        private int proved;
        private boolean busy;

        @Override
        public PasswordRecord record(Password password) {
            return passwords.record(password);
        }

        @Override
        public Optional<PasswordKey> prove(PasswordRecord record, Password password) throws CannotTellException {
            if (busy) {
                throw new CannotTellException("busy");
            }
            proved++;
            return passwords.prove(record, password);
        }

        @Override
        public LockedKey lock(SecretKey secret, PasswordKey key) {
            return passwords.lock(secret, key);
        }

        @Override
        public SecretKey unlock(LockedKey locked, PasswordKey key) throws SealedException {
            return passwords.unlock(locked, key);
        }
    }

    private static final class NotedGuesses implements GuessLimit {

        private final List<String> notes = new ArrayList<>();
        private final List<String> names = new ArrayList<>();
        private boolean early;

        @Override
        public Guess begin(String name, InetAddress from, boolean waited) throws TooManyGuessesException {
            names.add(name);
            if (early) {
                throw new TooManyGuessesException(Duration.ofSeconds(10));
            }
            return new Guess() {
                @Override
                public void right() {
                    notes.add("right");
                }

                @Override
                public void wrong() {
                    notes.add("wrong");
                }

                @Override
                public void undecided() {
                    notes.add("undecided");
                }
            };
        }
    }
}
