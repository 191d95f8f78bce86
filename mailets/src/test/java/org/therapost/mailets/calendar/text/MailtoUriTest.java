package org.therapost.mailets.calendar.text;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.addresses.EmailAddress;

class MailtoUriTest {

    @ParameterizedTest
    @CsvSource({
        "mailto:alice@provider.example, alice@provider.example",
        "MAILTO:alice@provider.example, alice@provider.example",
        "alice@provider.example, alice@provider.example",
        "mailto:mailto:alice@provider.example, alice@provider.example",
        "mailto:m%C3%BCller@provider.example, müller@provider.example",
        "mailto:müller@straße.example, müller@xn--strae-oqa.example",
        "mailto:alice%2Bx@provider.example, alice+x@provider.example",
        "mailto:100%@provider.example, 100%@provider.example"
    })
    void a_calendar_address_names_a_mailbox(String written, String mailbox) {
        assertThat(MailtoUri.read(written)).hasValue(EmailAddress.of(mailbox));
    }

    @ParameterizedTest
    @CsvSource({"urn:uuid:1", "mailto:%FF@provider.example", "mailto:"})
    void what_names_none_is_nobody(String written) {
        assertThat(MailtoUri.read(written)).isEmpty();
    }

    @Test
    void an_everyday_address_is_written_as_it_is() {
        assertThat(MailtoUri.of(EmailAddress.of("Alice.B+c-d_e@provider.example")))
                .isEqualTo("mailto:Alice.B+c-d_e@provider.example");
    }
}
