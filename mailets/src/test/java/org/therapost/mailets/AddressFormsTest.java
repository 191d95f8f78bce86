package org.therapost.mailets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.mail.internet.InternetAddress;
import org.apache.james.core.MailAddress;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.AsciiForm;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.ReversePath;
import org.therapost.domain.sealing.MailContent;
import org.therapost.mailets.calendar.CalendarAddresses;
import org.therapost.mailets.mime.MailReader;

/** What {@code EmailAddress.of} takes, every later step takes, and reads as the same mailbox. */
class AddressFormsTest {

    private static final int TRIES = 4000;
    private static final List<String> LOCAL = List.of(
            "abcXYZ019!#$%&'*+/=?^_`{|}~-", "abüßıİςσñ北京例えпочтаعربيไทย+", "ab.'\"@ ;,<>()\u212A\u200D\uD83D\uDE00");
    private static final List<String> LABELS = List.of("abc019-", "abüßıς京例えпо", "ab_-");
    private static final List<String> TOPS = List.of("example", "テスト", "xn--zckzah", "example.", "EXAMPLE", "42");

    private final Random random = new Random(20261128);

    @Test
    void an_address_that_is_taken_is_taken_everywhere() throws Exception {
        int taken = 0;
        for (int i = 0; i < TRIES; i++) {
            Optional<EmailAddress> address = accepted(some(LOCAL, 4) + "@" + some(LABELS, 3) + "." + one(TOPS));
            if (address.isPresent()) {
                taken++;
                assertTakenEverywhere(address.get());
            }
        }
        assertThat(taken).isGreaterThan(TRIES / 20);
    }

    private static void assertTakenEverywhere(EmailAddress address) throws Exception {
        String value = address.value();
        assertThat(EmailAddress.of(value)).isEqualTo(address);
        assertThat(EmailAddress.of(address.canonical()).sameMailbox(address)).isTrue();
        // James's mail, in the queue and in a mailet.
        MailAddress jamess = new MailAddress(AsciiForm.of(value));
        assertThat(AsciiForm.read(jamess.asString())).isEqualTo(value);
        assertThat(jamess.toInternetAddress()).isPresent();
        // Jakarta Mail, in the relay's RCPT.
        assertThat(new InternetAddress(value, false).getAddress()).isEqualTo(value);
        // Header fields, written and read.
        for (String field : List.of(value, "<" + value + ">", "A Name <" + value + ">")) {
            MailContent mail = TestPeople.mail("From: " + field, "To: " + field, "", "x");
            assertThat(new MailReader().header(mail).from().theOne()).as(field).hasValue(address);
            assertThat(new MailReader().header(mail).named().readable()).containsExactly(address);
        }
        assertThat(CalendarAddresses.roundTrip(address)).hasValue(address);
        assertThat(ReversePath.of(value).orElseThrow().is(address)).isTrue();
    }

    private static Optional<EmailAddress> accepted(String text) {
        try {
            return Optional.of(EmailAddress.of(text));
        } catch (IllegalArgumentException refused) {
            return Optional.empty();
        }
    }

    private String some(List<String> alphabets, int most) {
        List<String> parts = new ArrayList<>();
        for (int i = random.nextInt(most); i >= 0; i--) {
            int[] alphabet = one(alphabets).codePoints().toArray();
            StringBuilder part = new StringBuilder();
            for (int j = random.nextInt(12); j >= 0; j--) {
                part.appendCodePoint(alphabet[random.nextInt(alphabet.length)]);
            }
            parts.add(part.toString());
        }
        return String.join(".", parts);
    }

    private String one(List<String> choices) {
        return choices.get(random.nextInt(choices.size()));
    }
}
