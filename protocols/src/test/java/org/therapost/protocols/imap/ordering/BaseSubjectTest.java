package org.therapost.protocols.imap.ordering;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseSubjectTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Tuesday                        | Tuesday      | false",
                "Re: Tuesday                    | Tuesday      | true",
                "RE:Tuesday                     | Tuesday      | true",
                "re : Tuesday                   | Tuesday      | true",
                "Fwd: Tuesday                   | Tuesday      | true",
                "FW: Tuesday                    | Tuesday      | true",
                "Re: Fwd: re: Tuesday           | Tuesday      | true",
                "Re[2]: Tuesday                 | Tuesday      | true",
                "re [2] : Tuesday               | Tuesday      | true",
                "[list] Tuesday                 | Tuesday      | false",
                "[list] [two] Tuesday           | Tuesday      | false",
                "[list] Re: [list] Tuesday      | Tuesday      | true",
                "Re: [list] Re: Tuesday         | Tuesday      | true",
                "Tuesday (fwd)                  | Tuesday      | true",
                "Tuesday (FWD) (fwd)            | Tuesday      | true",
                "[Fwd: Tuesday]                 | Tuesday      | true",
                "[fwd: Re: [list] Tuesday (fwd)]| Tuesday      | true",
                "[list]                         | [list]       | false",
                "Re: [list]                     | [list]       | true",
                "Re:                            | ''           | true",
                "''                             | ''           | false",
                "Reading list                   | Reading list | false",
                "Fwdx: Tuesday                  | Fwdx: Tuesday| false",
                "Re; Tuesday                    | Re; Tuesday  | false",
                "AW: Tuesday                    | AW: Tuesday  | false",
                "Tuesday   at    six            | Tuesday at six | false",
                "[unclosed Tuesday              | [unclosed Tuesday | false"
            })
    void what_replies_and_forwards_add_is_taken_away(String subject, String base, boolean reply) {
        assertThat(BaseSubject.of(subject)).isEqualTo(new BaseSubject(base, reply));
    }

    @Test
    void tabs_and_continuations_are_spaces() {
        assertThat(BaseSubject.of("Re:\t Tuesday\r\n at  six").text()).isEqualTo("Tuesday at six");
    }

    @Test
    void a_subject_that_was_made_to_cost_much_costs_little() {
        for (String piece : new String[] {"[a]", "[", "Re: ", "(fwd)", "[fwd:", "re[", "\u00e9[", "[]re "}) {
            assertThat(BaseSubject.of(piece.repeat(200_000)).text()).hasSizeLessThanOrEqualTo(1_000);
        }
    }
}
