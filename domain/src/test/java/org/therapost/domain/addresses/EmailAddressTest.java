package org.therapost.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @Test
    void an_address_hides_itself_from_logs() {
        assertThat(EmailAddress.of("alice@provider.example")).hasToString("EmailAddress[22 characters]");
    }

    @Test
    void two_spellings_of_one_mailbox_are_the_same() {
        assertThat(EmailAddress.of("Alice@Provider.Example").sameMailbox(EmailAddress.of("alice@provider.example")))
                .isTrue();
    }

    @Test
    void an_international_domain_is_kept_in_its_ascii_form() {
        assertThat(EmailAddress.of("alice@bücher.example").domain()).isEqualTo("xn--bcher-kva.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "alice",
                "@provider.example",
                "alice@",
                "alice@localhost",
                "a b@provider.example",
                "alice@provider..example",
                "alice@-provider.example",
                ".alice@provider.example",
                "alice@[127.0.0.1]",
                "alice\r\n@provider.example",
                "alice@provider.example\r\nRCPT TO:<x@y.example>",
                "\"alice\"@provider.example",
                "alice@provider.example>",
                "alice@pro_vider.example",
                "alice@provider.42",
                "alice@192.0.2.1",
                "al..ice@provider.example",
                "alice.@provider.example",
                // A Kelvin sign, an ohm sign, a grave accent that NFC makes ASCII, and what cannot be seen.
                "\u212Aim@provider.example",
                "\u2126@provider.example",
                "a\u1FEFb@provider.example",
                "ali\u200Bce@provider.example",
                "ali\u200Dce@provider.example",
                "ali\u00ADce@provider.example",
                "ali\u202Ece@provider.example",
                "ali\u3164ce@provider.example",
                "ali\u00A0ce@provider.example",
                "ali\u0085ce@provider.example",
                "ali\uD83Dce@provider.example",
                "ali\uFFFFce@provider.example"
            })
    void what_is_no_mailbox_address_is_not_made(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailAddress.of(text))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("provider"));
    }

    @ParameterizedTest
    @CsvSource({
        "müller, MÜLLER",
        "diri\u0131, dirii",
        "d\u0130ri, diri",
        "straße, strasse",
        "νικος, νικοσ",
        "ﬁn, fin",
        "ａlice, alice",
        "\u0430lice, alice"
    })
    void letters_beyond_ascii_have_no_other_spelling(String one, String other) {
        EmailAddress first = EmailAddress.of(one + "@provider.example");

        assertThat(first.sameMailbox(EmailAddress.of(other + "@provider.example")))
                .isFalse();
        assertThat(first.isInternational()).isTrue();
    }

    @Test
    void a_letter_and_its_accent_are_one_mailbox_with_the_accented_letter() {
        EmailAddress composed = EmailAddress.of("m\u00FCller@provider.example");
        EmailAddress decomposed = EmailAddress.of("Mu\u0308ller@provider.example");

        assertThat(composed.sameMailbox(decomposed)).isTrue();
        assertThat(decomposed.value()).isEqualTo("Mu\u0308ller@provider.example");
    }

    @Test
    void lengths_are_octets_of_what_travels() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailAddress.of("ü".repeat(33) + "@provider.example"))
                .withMessageContaining("64 octets");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        EmailAddress.of("a".repeat(60) + "@" + ("b".repeat(60) + ".").repeat(3) + "example.example"))
                .withMessageContaining("254 octets");
    }
}
