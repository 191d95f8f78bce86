package org.therapost.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReversePathTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "a..b.@provider.example provider.example",
                ".a@Provider.Example provider.example",
                "\"a@evil.example\"@provider.example provider.example",
                "@relay.example:alice@provider.example provider.example",
                "alice@straße.example xn--strae-oqa.example",
                "bounce@em_1.provider.example em_1.provider.example",
                "müller@provider.example provider.example",
                "alice@[192.0.2.1] [192.0.2.1]"
            })
    void the_domain_of_a_strange_sender_is_known(String path, String domain) {
        assertThat(ReversePath.of(path).orElseThrow().domain()).isEqualTo(domain);
    }

    @Test
    void nobody_is_only_the_empty_path() {
        assertThat(ReversePath.of("")).isEmpty();
        assertThat(ReversePath.of("x")).isPresent();
    }

    @Test
    void a_sender_is_a_mailbox_in_every_spelling_of_it_and_in_no_other() {
        EmailAddress alice = EmailAddress.of("alice@provider.example");

        assertThat(ReversePath.of("Alice@PROVIDER.example.").orElseThrow().is(alice))
                .isTrue();
        assertThat(ReversePath.of("alice.@provider.example").orElseThrow().is(alice))
                .isFalse();
        assertThat(ReversePath.of(alice)).hasToString("ReversePath[22 characters]");
    }
}
