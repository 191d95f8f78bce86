package org.therapost.domain.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.LockedKey;
import org.therapost.domain.sealing.keys.PasswordRecord;

/** What every implementation of {@link Accounts} and {@link WaysIn} does. Dr Bloom's key is here, in custody login. */
public abstract class AccountsContract {

    protected static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    protected static final EmailAddress DR_KLEE = EmailAddress.of("klee@practice.example");
    protected static final KeyWrapping PASSWORD = wrapping("the first password");

    /** Those under test; Dr Bloom and Dr Klee have the password and nothing else. */
    protected abstract Accounts accounts();

    /** The same. */
    protected abstract WaysIn waysIn();

    protected static KeyWrapping wrapping(String of) {
        return new KeyWrapping(
                new PasswordRecord("$test$" + of), Optional.of(new LockedKey(of.getBytes(StandardCharsets.UTF_8))));
    }

    private static void is(Optional<Account> found, WayIn.Kind kind, KeyWrapping wrapping) {
        Account account = found.orElseThrow();
        assertThat(account.login()).isEqualTo(DR_BLOOM);
        assertThat(account.keyHere()).isTrue();
        assertThat(account.wayIn().kind()).isEqualTo(kind);
        assertThat(account.wayIn().wrapping().record()).isEqualTo(wrapping.record());
        assertThat(account.wayIn().wrapping().locked().orElseThrow().octets())
                .isEqualTo(wrapping.locked().orElseThrow().octets());
    }

    @Test
    protected void what_is_no_app_password_of_the_account_means_the_login_password() throws Exception {
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, PASSWORD);
        is(accounts().find(DR_BLOOM, Optional.of("abc234")), WayIn.Kind.PASSWORD, PASSWORD);
        assertThat(accounts().find(EmailAddress.of("nobody@practice.example"), Optional.empty()))
                .isEmpty();
    }

    @Test
    protected void an_app_password_is_found_by_its_lookup_in_its_own_account_alone() throws Exception {
        assertThat(waysIn().add(DR_BLOOM, "Telephone", "abc234", wrapping("app")))
                .isTrue();
        assertThat(waysIn().add(DR_KLEE, "Telephone", "xyz789", wrapping("hers")))
                .isTrue();

        is(accounts().find(DR_BLOOM, Optional.of("abc234")), WayIn.Kind.APP_PASSWORD, wrapping("app"));
        is(accounts().find(DR_BLOOM, Optional.of("xyz789")), WayIn.Kind.PASSWORD, PASSWORD);
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, PASSWORD);
        assertThat(waysIn().devices(DR_BLOOM)).extracting(Device::name).containsExactly("Telephone");
    }

    @Test
    protected void one_name_and_one_lookup_belong_to_one_device_of_an_account() throws Exception {
        assertThat(waysIn().add(DR_BLOOM, "Telephone", "abc234", wrapping("app")))
                .isTrue();
        assertThat(waysIn().add(DR_BLOOM, "Telephone", "def567", wrapping("other")))
                .isFalse();
        assertThat(waysIn().add(DR_BLOOM, "Tablet", "abc234", wrapping("other")))
                .isFalse();
        assertThat(waysIn().add(DR_KLEE, "Telephone", "abc234", wrapping("hers")))
                .isTrue();
        assertThat(waysIn().devices(DR_BLOOM)).hasSize(1);
    }

    @Test
    protected void the_day_of_the_last_use_is_noted_for_the_way_that_was_used() throws Exception {
        waysIn().add(DR_BLOOM, "Telephone", "abc234", wrapping("app"));
        waysIn().add(DR_BLOOM, "Tablet", "def567", wrapping("other"));
        WayIn telephone =
                accounts().find(DR_BLOOM, Optional.of("abc234")).orElseThrow().wayIn();
        assertThat(telephone.usedToday()).isFalse();

        accounts().used(telephone);

        assertThat(accounts()
                        .find(DR_BLOOM, Optional.of("abc234"))
                        .orElseThrow()
                        .wayIn()
                        .usedToday())
                .isTrue();
        assertThat(accounts()
                        .find(DR_BLOOM, Optional.empty())
                        .orElseThrow()
                        .wayIn()
                        .usedToday())
                .isFalse();
        assertThat(waysIn().devices(DR_BLOOM))
                .extracting(device -> device.name() + " " + device.lastUsedOn().isPresent())
                .containsExactly("Tablet false", "Telephone true");
    }

    @Test
    protected void a_revoked_app_password_is_gone_with_its_wrapping_and_no_other_is() throws Exception {
        waysIn().add(DR_BLOOM, "Telephone", "abc234", wrapping("app"));
        waysIn().add(DR_BLOOM, "Tablet", "def567", wrapping("other"));
        waysIn().add(DR_KLEE, "Telephone", "abc234", wrapping("hers"));

        assertThat(waysIn().revoke(DR_BLOOM, "Telephone")).isTrue();

        is(accounts().find(DR_BLOOM, Optional.of("abc234")), WayIn.Kind.PASSWORD, PASSWORD);
        is(accounts().find(DR_BLOOM, Optional.of("def567")), WayIn.Kind.APP_PASSWORD, wrapping("other"));
        assertThat(waysIn().devices(DR_KLEE)).hasSize(1);
        assertThat(waysIn().revoke(DR_BLOOM, "Telephone")).isFalse();
    }

    @Test
    protected void password_and_recovery_code_are_replaced_and_the_devices_stay() throws Exception {
        waysIn().add(DR_BLOOM, "Telephone", "abc234", wrapping("app"));
        assertThat(waysIn().recoveryCode(DR_BLOOM)).isEmpty();

        waysIn().replace(DR_BLOOM, Optional.of(wrapping("second")), Optional.of(wrapping("code")));
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, wrapping("second"));
        is(waysIn().recoveryCode(DR_BLOOM), WayIn.Kind.RECOVERY_CODE, wrapping("code"));

        waysIn().replace(DR_BLOOM, Optional.empty(), Optional.of(wrapping("next code")));
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, wrapping("second"));
        is(waysIn().recoveryCode(DR_BLOOM), WayIn.Kind.RECOVERY_CODE, wrapping("next code"));
        is(accounts().find(DR_BLOOM, Optional.of("abc234")), WayIn.Kind.APP_PASSWORD, wrapping("app"));
        assertThat(waysIn().recoveryCode(DR_KLEE)).isEmpty();
    }

    @Test
    protected void the_same_secret_is_wrapped_again_unless_the_way_was_changed_meanwhile() throws Exception {
        WayIn found = accounts().find(DR_BLOOM, Optional.empty()).orElseThrow().wayIn();
        assertThat(accounts().rewrap(found, wrapping("stronger"))).isTrue();
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, wrapping("stronger"));

        assertThat(accounts().rewrap(found, wrapping("late"))).isFalse();
        waysIn().replace(DR_BLOOM, Optional.of(wrapping("changed")), Optional.empty());
        assertThat(accounts().rewrap(found, wrapping("later"))).isFalse();
        is(accounts().find(DR_BLOOM, Optional.empty()), WayIn.Kind.PASSWORD, wrapping("changed"));
    }
}
