package org.therapost.domain.addresses;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        // IDNA 2003 made "strasse", "..os" with a medial sigma, and dropped the joiners.
        "straße.example, xn--strae-oqa.example",
        "STRAßE.Example, xn--strae-oqa.example",
        "faß.example, xn--fa-hia.example",
        "βόλος.example, xn--nxasmm1c.example",
        "βόλοσ.example, xn--nxasmq6b.example",
        "نامه\u200Cای.example, xn--mgba3gch31f060k.example",
        "ශ්\u200Dරී.example, xn--10cl1a0b660p.example",
        "bücher.example, xn--bcher-kva.example",
        "bu\u0308cher.example, xn--bcher-kva.example",
        "XN--BCHER-KVA.example, xn--bcher-kva.example",
        "provıder.example, xn--provder-ufb.example",
        "例え.テスト, xn--r8jz45g.xn--zckzah",
        "Provider.EXAMPLE., provider.example",
        "a--b.r3---sn.example, a--b.r3---sn.example",
        "日本語。example, xn--wgv71a119e.example"
    })
    void a_name_has_one_form_that_loses_nothing(String name, String form) {
        assertThat(DomainName.of(name)).isEqualTo(form);
        assertThat(DomainName.of(form)).isEqualTo(form);
    }

    @ParameterizedTest
    @CsvSource({
        "straße.example, strasse.example",
        "βόλος.example, βόλοσ.example",
        "نامه\u200Cای.example, نامهای.example",
        "ශ්\u200Dරී.example, ශ්රී.example",
        "provıder.example, provider.example",
        "xn--strae-oqa.example, strasse.example"
    })
    void names_of_two_owners_are_not_the_same(String one, String other) {
        assertThat(DomainName.same(one, other)).isFalse();
        assertThat(DomainName.same(one, one)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "localhost",
                "a..example",
                "-a.example",
                "a-.example",
                "a_b.example",
                "provider.123",
                "192.0.2.1",
                "[192.0.2.1]",
                // A joiner without its context (RFC 5892 A.1), a name that breaks RFC 5893, A-labels that are none.
                "a\u200Db.example",
                "אa.example",
                "xn--strasse-.example",
                "xn--a.example",
                "xn--ss-eqa\uFFFD.example",
                "a b.example",
                "prov\u0000ider.example",
                "\uD800.example"
            })
    void what_mail_cannot_have_is_refused(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(name));
    }

    @Test
    void lengths_are_those_of_the_form_that_travels() {
        String label = "ü".repeat(58);
        assertThatIllegalArgumentException().isThrownBy(() -> DomainName.of(label + "a".repeat(5) + ".example"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> DomainName.of("a".repeat(60) + "." + ("b".repeat(62) + ".").repeat(3) + "example"));
    }

    @Test
    void the_kelvin_sign_is_no_k_where_only_ascii_has_case() {
        assertThat(Ascii.lowerCase("\u212AI\u0130")).isEqualTo("\u212Ai\u0130");
        assertThat(Ascii.equalsIgnoreCase("\u212A", "k")).isFalse();
        assertThat(Ascii.equalsIgnoreCase("DKIM", "dkim")).isTrue();
    }
}
