package org.therapost.domain.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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
                "alice@provider.example>"
            })
    void what_is_no_mailbox_address_is_not_made(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EmailAddress.of(text))
                .satisfies(refused -> assertThat(refused.getMessage()).doesNotContain("provider"));
    }
}
