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
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordKey;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.SecretKey;

class Argon2PasswordsTest {

    private static final Password RIGHT = Password.offered("gr\u00fcne Wiese 7");
    private static final byte[] SECRET = {1, 2, 3, 4, 5};

    private final Argon2Passwords passwords = new Argon2Passwords(new Argon2Cost(256, 1, 1), 2, 16);

    @Test
    void the_right_password_yields_the_same_key_each_time_and_a_wrong_one_none() throws Exception {
        PasswordRecord record = record(RIGHT);
        byte[] once = passwords.prove(record, RIGHT).orElseThrow().expose();
        assertThat(passwords.prove(record, RIGHT).orElseThrow().expose()).isEqualTo(once);
        assertThat(passwords.prove(record, Password.offered("gr\u00fcne Wiese 8")))
                .isEmpty();
        assertThat(passwords.prove(record, Password.offered(""))).isEmpty();
    }

    @Test
    void a_password_typed_with_combining_characters_is_the_same_password() throws Exception {
        assertThat(passwords.prove(record(RIGHT), Password.offered("gru\u0308ne Wiese 7")))
                .isPresent();
    }

    @Test
    void the_record_has_its_own_salt_and_says_what_a_guess_costs() throws Exception {
        PasswordRecord record = new Argon2Passwords(Argon2Cost.LEAST, 1, 1)
                .wrap(RIGHT, Optional.empty())
                .record();
        assertThat(record.phc()).startsWith("$argon2id$v=19$m=65536,t=3,p=1$");
        assertThat(record(RIGHT)).isNotEqualTo(record(RIGHT));
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

    private PasswordRecord record(Password password) {
        return passwords.wrap(password, Optional.empty()).record();
    }

    @Test
    void a_locked_key_opens_with_its_own_password_alone() throws Exception {
        KeyWrapping wrapping = passwords.wrap(RIGHT, Optional.of(new SecretKey(SECRET.clone())));
        opensAlone(wrapping, RIGHT);
    }

    @Test
    void a_locked_key_opens_with_its_own_random_secret_alone() throws Exception {
        Password random = Password.offered("tp5k9qx3m7d2w8r4n6t0v1c3f5h7j9k1m3p5q7s9");
        KeyWrapping wrapping = passwords.wrapRandom(random, Optional.of(new SecretKey(SECRET.clone())));
        assertThat(passwords.prove(wrapping.record(), Password.offered("tp5k9qx3m7d2w8r4n6t0v1c3f5h7j9k1m3p5q7s8")))
                .isEmpty();
        assertThat(passwords.outdated(wrapping.record())).isFalse();
        opensAlone(wrapping, random);
    }

    private void opensAlone(KeyWrapping wrapping, Password right) throws Exception {
        LockedKey locked = wrapping.locked().orElseThrow();
        PasswordKey key = passwords.prove(wrapping.record(), right).orElseThrow();
        PasswordKey other = passwords.prove(record(right), right).orElseThrow();
        assertThat(passwords.unlock(locked, key).expose()).isEqualTo(SECRET);
        assertThatThrownBy(() -> passwords.unlock(locked, other)).isInstanceOf(SealedException.class);
        byte[] tampered = locked.octets().clone();
        tampered[tampered.length - 1] ^= 1;
        assertThatThrownBy(() -> passwords.unlock(new LockedKey(tampered), key)).isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> passwords.unlock(new LockedKey(new byte[3]), key))
                .isInstanceOf(SealedException.class);
    }

    @Test
    void nobodys_record_costs_as_much_as_a_new_one_and_no_password_proves_it() throws Exception {
        assertThat(passwords.nobodys().phc()).startsWith("$argon2id$v=19$m=256,t=1,p=1$");
        assertThat(passwords.prove(passwords.nobodys(), RIGHT)).isEmpty();
    }

    @Test
    void a_record_of_less_memory_or_fewer_passes_is_outdated() {
        Argon2Passwords stronger = new Argon2Passwords(new Argon2Cost(256, 2, 1), 2, 16);
        Argon2Passwords larger = new Argon2Passwords(new Argon2Cost(512, 1, 1), 2, 16);
        assertThat(stronger.outdated(record(RIGHT))).isTrue();
        assertThat(larger.outdated(record(RIGHT))).isTrue();
        assertThat(passwords.outdated(record(RIGHT))).isFalse();
        assertThat(passwords.outdated(stronger.nobodys())).isFalse();
    }

    @Test
    void who_comes_when_all_places_are_taken_is_asked_to_come_later() throws Exception {
        Argon2Passwords narrow = new Argon2Passwords(new Argon2Cost(32 << 10, 3, 1), 1, 1);
        PasswordRecord record = narrow.wrap(RIGHT, Optional.empty()).record();
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
