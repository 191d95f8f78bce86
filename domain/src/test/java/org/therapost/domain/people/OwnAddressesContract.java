package org.therapost.domain.people;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.OwnAddresses.State;

/** What every implementation of {@link OwnAddresses} does. Dr Bloom has calendars outside; Dr Klee is another therapist. */
public abstract class OwnAddressesContract {

    private static final EmailAddress GOOGLE = EmailAddress.of("bloom.d@gmail.example");
    private static final EmailAddress APPLE = EmailAddress.of("d.bloom@icloud.example");
    private static final EmailAddress OUTLOOK = EmailAddress.of("bloom@outlook.example");

    /** The one under test; nobody was asked about any address. */
    protected abstract OwnAddresses addresses();

    /** A therapist of the practice. */
    protected abstract TherapistId drBloom();

    /** Another. */
    protected abstract TherapistId drKlee();

    @Test
    protected void of_an_address_that_nobody_was_asked_about_nothing_is_known() throws Exception {
        assertThat(addresses().state(drBloom(), GOOGLE)).isEmpty();
        for (State state : State.values()) {
            assertThat(addresses().all(drBloom(), state)).isEmpty();
        }
        assertThat(addresses().forget(drBloom(), GOOGLE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"true, CONFIRMED", "false, REFUSED"})
    protected void an_address_is_asked_about_and_then_answered(boolean own, State answered) throws Exception {
        addresses().ask(drBloom(), GOOGLE);
        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.ASKED);

        addresses().answer(drBloom(), GOOGLE, own);

        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(answered);
        assertThat(addresses().all(drBloom(), answered)).containsExactly(GOOGLE);
        assertThat(addresses().all(drBloom(), State.ASKED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true, CONFIRMED", "false, REFUSED"})
    protected void who_is_asked_again_has_answered_already(boolean own, State answered) throws Exception {
        addresses().ask(drBloom(), GOOGLE);
        addresses().answer(drBloom(), GOOGLE, own);

        addresses().ask(drBloom(), GOOGLE);

        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(answered);
    }

    @Test
    protected void dr_bloom_changes_her_mind() throws Exception {
        addresses().ask(drBloom(), GOOGLE);
        addresses().answer(drBloom(), GOOGLE, false);
        addresses().answer(drBloom(), GOOGLE, true);
        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.CONFIRMED);

        addresses().answer(drBloom(), GOOGLE, false);

        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.REFUSED);
        assertThat(addresses().all(drBloom(), State.CONFIRMED)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    protected void an_answer_that_nobody_asked_for_does_nothing(boolean own) throws Exception {
        addresses().answer(drBloom(), GOOGLE, own);

        assertThat(addresses().state(drBloom(), GOOGLE)).isEmpty();
    }

    @Test
    protected void an_address_is_the_same_in_capitals_and_is_shown_as_it_came_up() throws Exception {
        EmailAddress capitals = EmailAddress.of("Bloom.D@GMail.example");
        addresses().ask(drBloom(), capitals);
        addresses().ask(drBloom(), GOOGLE);

        addresses().answer(drBloom(), GOOGLE, true);

        assertThat(addresses().state(drBloom(), capitals)).hasValue(State.CONFIRMED);
        assertThat(addresses().all(drBloom(), State.CONFIRMED))
                .extracting(EmailAddress::value)
                .containsExactly(capitals.value());
        assertThat(addresses().forget(drBloom(), GOOGLE)).isTrue();
        assertThat(addresses().state(drBloom(), capitals)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    protected void addresses_are_listed_in_the_order_in_which_they_came_up(State state) throws Exception {
        List<EmailAddress> all = List.of(OUTLOOK, APPLE, GOOGLE);
        for (EmailAddress address : all) {
            addresses().ask(drBloom(), address);
        }
        if (state != State.ASKED) {
            for (EmailAddress address : List.of(GOOGLE, OUTLOOK, APPLE)) {
                addresses().answer(drBloom(), address, state == State.CONFIRMED);
            }
        }
        addresses().ask(drBloom(), OUTLOOK);

        assertThat(addresses().all(drBloom(), state)).containsExactlyElementsOf(all);
    }

    @Test
    protected void what_one_therapist_says_is_nothing_to_another() throws Exception {
        addresses().ask(drBloom(), GOOGLE);
        addresses().ask(drKlee(), GOOGLE);
        addresses().answer(drKlee(), GOOGLE, false);
        addresses().answer(drBloom(), GOOGLE, true);

        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.CONFIRMED);
        assertThat(addresses().state(drKlee(), GOOGLE)).hasValue(State.REFUSED);
        assertThat(addresses().all(drKlee(), State.CONFIRMED)).isEmpty();
        assertThat(addresses().forget(drKlee(), GOOGLE)).isTrue();
        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.CONFIRMED);
    }

    @Test
    protected void a_forgotten_address_is_asked_about_again_from_the_beginning() throws Exception {
        addresses().ask(drBloom(), GOOGLE);
        addresses().answer(drBloom(), GOOGLE, false);
        assertThat(addresses().forget(drBloom(), GOOGLE)).isTrue();
        assertThat(addresses().forget(drBloom(), GOOGLE)).isFalse();
        assertThat(addresses().state(drBloom(), GOOGLE)).isEmpty();

        addresses().ask(drBloom(), GOOGLE);

        assertThat(addresses().state(drBloom(), GOOGLE)).hasValue(State.ASKED);
    }
}
