package org.therapost.domain.enrolment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.keys.Password;

class ChosenPasswordTest {

    private static final EmailAddress LOGIN = EmailAddress.of("h.bloom@lakeside-practice.example");
    private static final String NAME = "Dr Henriette Bloom";

    private static void check(String password) throws EnrolmentException {
        ChosenPassword.check(Password.offered(password), LOGIN, NAME);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "river",
                "k7!mQ2#vX9%",
            })
    void a_short_one_is_refused_whatever_it_is_made_of(String password) {
        assertThatThrownBy(() -> check(password)).hasMessageContaining("12 to 1024 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password1234",
                "P@ssw0rd2026!!",
                "passwortpasswort",
                "Willkommen2026",
                "Sommer2026Sommer2026",
                "qwertzuiop123456",
                "1q2w3e1q2w3e",
                "aaaaaaaaaaaaaaaaaaaa",
                "abababababababab",
                "123456789012",
                "19.08.1971 19.08.1971",
                "abcdefghijklmnop",
                "HenrietteBloom1",
                "h.bloom@lakeside-practice.example",
                "bloom-therapist-2026",
                "!!!!!!!!!!!!!!!!"
            })
    void what_everybody_tries_first_is_refused(String password) {
        assertThatThrownBy(() -> check(password)).hasMessageContaining("would be guessed soon");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a long walk by the river",
                "nine herons over wet slate",
                "k7!mQ2#vX9%w",
                "Gr\u00fcne Wiese hinter Zaun",
                "\u0437\u0435\u043b\u0435\u043d\u0430\u044f \u043b\u043e\u0434\u043a\u0430"
            })
    void a_long_one_of_anything_else_is_taken(String password) {
        assertThatCode(() -> check(password)).doesNotThrowAnyException();
    }
}
