package org.therapost.openpgp.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.SecretKey;

class Argon2PasswordsTest {

    private static final Password RIGHT = Password.chosen("gr\u00fcne Wiese 7");
    private static final byte[] SECRET = {1, 2, 3, 4, 5};

    private final Argon2Passwords passwords = new Argon2Passwords(new Argon2Cost(256, 1, 1), 2, 16);

    @Test
    void the_right_password_yields_the_same_key_each_time_and_a_wrong_one_none() throws Exception {
        PasswordRecord record = passwords.record(RIGHT);
        byte[] once = passwords.prove(record, RIGHT).orElseThrow().expose();
        assertThat(passwords.prove(record, RIGHT).orElseThrow().expose()).isEqualTo(once);
        assertThat(passwords.prove(record, Password.offered("gr\u00fcne Wiese 8")))
                .isEmpty();
        assertThat(passwords.prove(record, Password.offered(""))).isEmpty();
    }

    @Test
    void a_password_typed_with_combining_characters_is_the_same_password() throws Exception {
        assertThat(passwords.prove(passwords.record(RIGHT), Password.offered("gru\u0308ne Wiese 7")))
                .isPresent();
    }

    @Test
    void the_record_has_its_own_salt_and_says_what_a_guess_costs() throws Exception {
        PasswordRecord record = new Argon2Passwords().record(RIGHT);
        assertThat(record.phc()).startsWith("$argon2id$v=19$m=47104,t=1,p=1$");
        assertThat(passwords.record(RIGHT)).isNotEqualTo(passwords.record(RIGHT));
        assertThat(passwords.prove(record, RIGHT)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "$argon2id$v=19$m=9999999,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=256,t=99,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2i$v=19$m=256,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
                "$argon2id$v=19$m=256,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$AAAA"
            })
    void a_record_that_we_would_never_write_proves_nothing(String phc) throws Exception {
        assertThat(passwords.prove(new PasswordRecord(phc), RIGHT)).isEqualTo(Optional.empty());
    }

    @Test
    void a_locked_key_opens_with_the_passwords_key_alone() throws Exception {
        PasswordKey key = passwords.prove(passwords.record(RIGHT), RIGHT).orElseThrow();
        PasswordKey other = passwords.prove(passwords.record(RIGHT), RIGHT).orElseThrow();
        LockedKey locked = passwords.lock(new SecretKey(SECRET.clone()), key);
        assertThat(passwords.unlock(locked, key).expose()).isEqualTo(SECRET);
        assertThatThrownBy(() -> passwords.unlock(locked, other)).isInstanceOf(SealedException.class);
        byte[] tampered = locked.octets().clone();
        tampered[tampered.length - 1] ^= 1;
        assertThatThrownBy(() -> passwords.unlock(new LockedKey(tampered), key)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> passwords.unlock(new LockedKey(new byte[3]), key))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void who_comes_when_all_places_are_taken_is_asked_to_come_later() throws Exception {
        Argon2Passwords narrow = new Argon2Passwords(new Argon2Cost(32 << 10, 3, 1), 1, 1);
        PasswordRecord record = narrow.record(RIGHT);
        ExecutorService callers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                answers.add(callers.submit(() -> narrow.prove(record, RIGHT).isPresent()));
            }
            int proved = 0;
            int sentAway = 0;
            for (Future<Boolean> answer : answers) {
                try {
                    proved += answer.get() ? 1 : 0;
                } catch (ExecutionException failed) {
                    assertThat(failed).hasCauseInstanceOf(CannotTellException.class);
                    sentAway++;
                }
            }
            assertThat(proved).isGreaterThanOrEqualTo(2);
            assertThat(sentAway).isEqualTo(8 - proved).isPositive();
            assertThat(narrow.prove(record, RIGHT)).isPresent();
        } finally {
            callers.shutdownNow();
        }
    }
}
