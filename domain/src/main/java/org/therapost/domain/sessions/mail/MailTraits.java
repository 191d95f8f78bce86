package org.therapost.domain.sessions.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.incoming.EnvelopeSender;
import org.therapost.domain.conversation.incoming.ProvedFields;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.Participation;

/**
 * What shows in a mail's header and text.
 *
 * @param subject decoded, unfolded
 * @param origin a person, or a program by itself
 * @param named the messages that it answers
 * @param written {@code Date:}, if it can be read
 * @param text its own text, without quoted text and signature
 */
public record MailTraits(String subject, MailOrigin origin, Answers named, Optional<Instant> written, OwnText text) {

    /**
     * The messages that a mail names as answered, with angle brackets.
     *
     * @param all {@code In-Reply-To} and {@code References}
     * @param nearest {@code In-Reply-To}, or if that is missing the last of {@code References}: what is answered itself
     */
    public record Answers(List<String> all, List<String> nearest) {

        public static final Answers NOTHING = new Answers(List.of(), List.of());

        public Answers {
            all = List.copyOf(all);
            nearest = List.copyOf(nearest);
        }
    }

    /**
     * What the writer added.
     *
     * @param firstLine empty if there is none
     * @param participation if it begins with a plain yes, perhaps or no in one of our languages
     */
    public record OwnText(int words, String firstLine, Optional<Participation> participation) {

        public static final OwnText NONE = new OwnText(0, "", Optional.empty());
    }

    /** {@code In-Reply-To} and {@code References}, with angle brackets. */
    public List<String> answers() {
        return named.all();
    }

    /** What is answered itself, with angle brackets. */
    public List<String> answered() {
        return named.nearest();
    }

    public int words() {
        return text.words();
    }

    public String firstLine() {
        return text.firstLine();
    }

    public Optional<Participation> participation() {
        return text.participation();
    }

    /** Whether it gets no automatic answer and answers nothing. */
    public boolean automatic() {
        return origin.automatic();
    }

    /** The same, but it names no message that it answers. */
    MailTraits answeringNothing() {
        return new MailTraits(subject, origin, Answers.NOTHING, written, text);
    }

    @Override
    public String toString() {
        return "MailTraits[origin=" + origin + ", " + words() + " words]";
    }

    /** Reads the traits of mails. */
    public interface Reader {

        /**
         * Reads what can be read; text that is encrypted or broken has no words.
         */
        MailTraits read(MailContent mail, EnvelopeSender sender);

        /** The same of a mail of which some fields may be somebody else's: those name no message that it answers. */
        default MailTraits read(MailContent mail, EnvelopeSender sender, ProvedFields proved) {
            MailTraits seen = read(mail, sender);
            return proved.covers("In-Reply-To") && proved.covers("References") ? seen : seen.answeringNothing();
        }
    }
}
