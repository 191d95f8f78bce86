package org.therapost.domain.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.domain.sealing.ReaderView;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.OpenPgpKeys;
import org.therapost.domain.sealing.keys.Password;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.domain.sealing.keys.SecretKey;

/** Dr Bloom comes in by a password, by the app passwords of two devices, and no other way. */
class ReaderLoginsTest {

    private static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    private static final Password PASSWORD = Password.offered("a long walk by the river");
    private static final byte[] KEY = {1, 2, 3, 4};

    private final InMemoryPasswords passwords = new InMemoryPasswords();
    private final InMemoryAccounts accounts = new InMemoryAccounts(Clock.systemUTC())
            .with(DR_BLOOM, true, passwords.wrap(PASSWORD, Optional.of(new SecretKey(KEY.clone()))));
    private final List<byte[]> opened = new ArrayList<>();
    private final ReaderLogins logins =
            new ReaderLogins(accounts, passwords, keys(), (thread, reader) -> Optional.empty());
    private final AppPassword telephone = AppPassword.generate();
    private final AppPassword tablet = AppPassword.generate();

    @BeforeEach
    void two_devices_have_app_passwords() {
        add("Telephone", telephone);
        add("Tablet", tablet);
    }

    private void add(String device, AppPassword app) {
        KeyWrapping wrapping = passwords.wrapRandom(app.secret(), Optional.of(new SecretKey(KEY.clone())));
        assertThat(accounts.add(DR_BLOOM, device, app.lookup(), wrapping)).isTrue();
    }

    /** Keys whose views only say with what they were opened. */
    private OpenPgpKeys keys() {
        return proxy(OpenPgpKeys.class, arguments -> {
            opened.add(((SecretKey) arguments[0]).expose().clone());
            return proxy(ReaderView.class, nothing -> null);
        });
    }

    private interface Answer {
        @org.jspecify.annotations.Nullable
        Object to(Object[] arguments);
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(), new Class<?>[] {type}, (self, method, given) -> answer.to(given)));
    }

    @Test
    void each_way_opens_the_same_key() throws Exception {
        for (Password way : List.of(PASSWORD, telephone.secret(), tablet.secret())) {
            try (ReaderLogin login = logins.begin(DR_BLOOM, way).orElseThrow()) {
                assertThat(login.account()).isEqualTo(DR_BLOOM);
                assertThat(logins.open()).isEqualTo(1);
            }
            assertThat(logins.open()).isZero();
        }
        assertThat(opened).hasSize(3).allSatisfy(key -> assertThat(key).isEqualTo(KEY));
    }

    @Test
    void an_app_password_may_be_typed_with_and_without_hyphens_in_either_case() throws Exception {
        String text = new String(telephone.text());
        assertThat(text).matches("(\\w{4}-){9}\\w{4}");
        for (String typed :
                List.of(text, text.replace("-", ""), text.toUpperCase(java.util.Locale.ROOT), text.replace('-', ' '))) {
            logins.begin(DR_BLOOM, Password.offered(typed)).orElseThrow().close();
            assertThat(logins.open()).isZero();
        }
    }

    @Test
    void an_app_password_with_another_end_or_of_another_account_opens_nothing() throws Exception {
        String text = new String(telephone.text());
        String wrong = text.substring(0, text.length() - 1) + (text.endsWith("0") ? "1" : "0");
        assertThat(logins.begin(DR_BLOOM, Password.offered(wrong))).isEmpty();
        assertThat(logins.begin(DR_BLOOM, AppPassword.generate().secret())).isEmpty();
        assertThat(logins.begin(EmailAddress.of("klee@practice.example"), telephone.secret()))
                .isEmpty();
        assertThat(logins.open()).isZero();
    }

    @Test
    void a_revoked_app_password_opens_nothing_although_the_account_is_being_read() throws Exception {
        assertThat(logins.begin(DR_BLOOM, telephone.secret())).isPresent();
        assertThat(logins.join(DR_BLOOM, telephone.secret())).isPresent();
        accounts.revoke(DR_BLOOM, "Telephone");

        assertThat(logins.join(DR_BLOOM, telephone.secret())).isEmpty();
        assertThat(logins.begin(DR_BLOOM, telephone.secret())).isEmpty();
        assertThat(logins.begin(DR_BLOOM, tablet.secret())).isPresent();
    }

    @Test
    void who_reads_by_one_way_does_not_lend_it_to_another() throws Exception {
        assertThat(logins.begin(DR_BLOOM, telephone.secret())).isPresent();
        assertThat(logins.join(DR_BLOOM, tablet.secret())).isEmpty();
        assertThat(logins.begin(DR_BLOOM, tablet.secret())).isPresent();
        assertThat(logins.join(DR_BLOOM, tablet.secret())).isPresent();
        assertThat(logins.join(DR_BLOOM, telephone.secret())).isPresent();
        assertThat(opened).hasSize(1);
    }

    @Test
    void the_day_of_a_login_is_noted_for_its_device() throws Exception {
        logins.begin(DR_BLOOM, telephone.secret());
        assertThat(accounts.devices(DR_BLOOM))
                .extracting(device -> device.name() + " " + device.lastUsedOn().isPresent())
                .containsExactly("Tablet false", "Telephone true");
    }

    @Test
    void a_recovery_code_logs_nobody_in() throws Exception {
        Password code = AppPassword.generate().secret();
        accounts.replace(
                DR_BLOOM,
                Optional.empty(),
                Optional.of(passwords.wrapRandom(code, Optional.of(new SecretKey(KEY.clone())))));
        assertThat(logins.begin(DR_BLOOM, code)).isEmpty();
    }

    @Test
    void a_way_in_that_somebody_wrote_who_has_no_key_lets_nobody_in() {
        AppPassword mallorys = AppPassword.generate();
        accounts.add(DR_BLOOM, "Mallory", mallorys.lookup(), passwords.wrapRandom(mallorys.secret(), Optional.empty()));
        assertThatThrownBy(() -> logins.begin(DR_BLOOM, mallorys.secret())).isInstanceOf(CannotTellException.class);
        assertThat(logins.open()).isZero();
    }

    @Test
    void a_password_whose_record_is_outdated_is_hashed_anew_at_its_login_and_opens_the_same_key() throws Exception {
        PasswordRecord old = record();
        passwords.outdate(old);
        try (ReaderLogin one = logins.begin(DR_BLOOM, PASSWORD).orElseThrow();
                ReaderLogin other = logins.join(DR_BLOOM, PASSWORD).orElseThrow()) {
            assertThat(one).isNotSameAs(other);
            assertThat(record()).isNotEqualTo(old);
        }

        PasswordRecord better = record();
        assertThat(logins.begin(DR_BLOOM, PASSWORD)).isPresent();
        assertThat(record()).isEqualTo(better);
        assertThat(opened).hasSize(2).allSatisfy(key -> assertThat(key).isEqualTo(KEY));
    }

    @Test
    void a_wrong_password_at_an_outdated_record_takes_what_a_guess_at_an_unknown_login_takes() throws Exception {
        PasswordRecord old = record();
        Password wrong = Password.offered("not this one");
        assertThat(logins.begin(DR_BLOOM, wrong)).isEmpty();
        assertThat(passwords.tried()).containsExactly(old);

        passwords.outdate(old);
        assertThat(logins.begin(DR_BLOOM, wrong)).isEmpty();

        assertThat(passwords.tried()).hasSize(3).last().isNotEqualTo(old);
    }

    private PasswordRecord record() {
        return accounts.find(DR_BLOOM, Optional.empty())
                .orElseThrow()
                .wayIn()
                .wrapping()
                .record();
    }
}
