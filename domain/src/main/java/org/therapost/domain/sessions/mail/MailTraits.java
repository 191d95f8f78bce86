package org.therapost.domain.sessions.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.incoming.ProvedFields;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.Participation;

/**
 * What shows in a mail's header and text.
 *
 * @param subject decoded, unfolded
 * @param origin a person, or a program by itself
 * @param answers {@code In-Reply-To} and {@code References}, with angle brackets
 * @param answered {@code In-Reply-To}, or if that is missing the last of {@code References}: what is answered itself
 * @param written {@code Date:}, if it can be read
 * @param words of the text, without quoted text and signature
 * @param firstLine of its own text, without quotation; empty if there is none
 * @param participation if its own text, without quotation, begins with a plain yes, perhaps or no in one of our languages
 */
public record MailTraits(
        String subject,
        MailOrigin origin,
        List<String> answers,
        List<String> answered,
        Optional<Instant> written,
        int words,
        String firstLine,
        Optional<Participation> participation) {

    public MailTraits {
        answers = List.copyOf(answers);
        answered = List.copyOf(answered);
    }

    /** Whether it gets no automatic answer and answers nothing. */
    public boolean automatic() {
        return origin.automatic();
    }

    /** The same, but it names no message that it answers. */
    MailTraits answeringNothing() {
        return new MailTraits(subject, origin, List.of(), List.of(), written, words, firstLine, participation);
    }

    @Override
    public String toString() {
        return "MailTraits[origin=" + origin + ", " + words + " words]";
    }

    /** Reads the traits of mails. */
    public interface Reader {

        /**
         * Reads what can be read; text that is encrypted or broken has no words.
         *
         * @param nullSender whether its envelope sender was {@code <>}
         */
        MailTraits read(MailContent mail, boolean nullSender);

        /** The same of a mail of which some fields may be somebody else's: those name no message that it answers. */
        default MailTraits read(MailContent mail, boolean nullSender, ProvedFields proved) {
            MailTraits seen = read(mail, nullSender);
            return proved.covers("In-Reply-To") && proved.covers("References") ? seen : seen.answeringNothing();
        }
    }
}
