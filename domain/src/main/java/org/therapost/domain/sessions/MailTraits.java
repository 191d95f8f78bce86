package org.therapost.domain.sessions;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.sealing.MailContent;

/**
 * What shows in a mail's header and text.
 *
 * @param subject decoded, unfolded
 * @param automatic as in {@link ClientMail}
 * @param answers {@code In-Reply-To} and {@code References}, with angle brackets
 * @param written {@code Date:}, if it can be read
 * @param words of the text, without quoted text and signature
 * @param participation if its own text, without quotation, begins with a plain yes, perhaps or no in one of our languages
 */
public record MailTraits(
        String subject,
        boolean automatic,
        List<String> answers,
        Optional<Instant> written,
        int words,
        Optional<Participation> participation) {

    public MailTraits {
        answers = List.copyOf(answers);
    }

    @Override
    public String toString() {
        return "MailTraits[automatic=" + automatic + ", " + words + " words]";
    }

    /** Reads the traits of mails. */
    public interface Reader {

        /** Reads what can be read; text that is encrypted or broken has no words. */
        MailTraits read(MailContent mail);
    }
}
