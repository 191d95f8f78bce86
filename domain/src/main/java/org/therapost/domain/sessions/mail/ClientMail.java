package org.therapost.domain.sessions.mail;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;

/**
 * The facts about a client's mail that the agreed times need. They are in memory only, until DATA is
 * answered.
 *
 * @param messageId its {@code Message-ID}, with angle brackets
 * @param traits what shows in it; of the subject only the first word is looked at, and {@code Date:} decides nothing
 * @param calendar what a calendar program put into it; an answer about several instances is several
 *     messages
 * @param inWords an invitation answered in plain words
 * @param answers the letter of ours that it answers, if it answers one
 */
public record ClientMail(
        MessageId id,
        Optional<String> messageId,
        MailTraits traits,
        List<CalendarMessage> calendar,
        Optional<Reply> inWords,
        Optional<OurLetter> answers) {

    public ClientMail {
        calendar = List.copyOf(calendar);
    }

    public String subject() {
        return traits.subject();
    }

    /** Whether a program sent it by itself ({@link MailOrigin}): it gets no automatic answer and counts for nothing. */
    public boolean automatic() {
        return traits.automatic();
    }

    public int words() {
        return traits.words();
    }

    public Optional<Instant> written() {
        return traits.written();
    }

    /** A letter of ours to the client. */
    public sealed interface OurLetter {

        /** An invitation, or what followed on it. */
        record AboutEvent(String uid) implements OurLetter {}

        /** Any other notice. */
        record Notice(Instant writtenAt) implements OurLetter {}
    }

    /** An answer in plain words to the invitation of an event. */
    public record Reply(String uid, Participation participation) {}

    @Override
    public String toString() {
        return "ClientMail[" + id.value() + ", automatic=" + automatic() + "]";
    }
}
