package org.therapost.domain.exchangers;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MtaStsPolicyTest {

    private static Optional<MtaStsPolicy> read(String text) {
        return MtaStsPolicy.read(text.getBytes(US_ASCII));
    }

    @Test
    void the_example_of_the_rfc_is_read() {
        MtaStsPolicy policy = read("version: STSv1\r\nmode: enforce\r\nmx: mail.Example.com\r\nmx: *.example.net\r\n"
                        + "mx: backupmx.example.com\r\nmax_age: 604800\r\n")
                .orElseThrow();

        assertThat(policy)
                .isEqualTo(new MtaStsPolicy(
                        MtaStsPolicy.Mode.ENFORCE,
                        List.of("mail.example.com", "*.example.net", "backupmx.example.com"),
                        Duration.ofDays(7)));
        assertThat(policy.matches("mail.example.com")).isTrue();
        assertThat(policy.matches("a.example.net")).isTrue();
        assertThat(policy.matches("a.b.example.net")).isFalse();
        assertThat(policy.matches("example.net")).isFalse();
        assertThat(policy.matches(".example.net")).isFalse();
        assertThat(policy.matches("evilexample.net")).isFalse();
        assertThat(read(policy.text())).contains(policy);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "mode: enforce\nmx: a.example\nmax_age: 1\n",
                "version: STSv2\nmode: enforce\nmx: a.example\nmax_age: 1\n",
                "version: STSv1\nmode: Enforce\nmx: a.example\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmax_age: 1\n",
                "version: STSv1\nmode: enforce\nmx: a.example\n",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: -1\n",
                "version: STSv1\nmode: enforce\nmx: a.example\nmax_age: 99999999999999999999\n",
                "<html>version: STSv1</html>"
            })
    void what_is_no_policy_is_none(String text) {
        assertThat(read(text)).isEmpty();
    }

    @Test
    void the_first_of_two_counts_and_a_year_is_the_longest() {
        MtaStsPolicy policy = read("version: STSv1\nmode: none\nmode: enforce\nx: y\nmax_age: 4294967295\nmax_age: 1")
                .orElseThrow();

        assertThat(policy.mode()).isEqualTo(MtaStsPolicy.Mode.NONE);
        assertThat(policy.maxAge()).isEqualTo(Duration.ofHours(8766));
    }

    @Property
    void whatever_octets_a_server_sends_reading_ends_with_an_answer(@ForAll byte[] octets) {
        MtaStsPolicy.read(octets)
                .ifPresent(policy -> assertThat(MtaStsPolicy.read(policy.text().getBytes(US_ASCII)))
                        .isPresent());
    }
}
