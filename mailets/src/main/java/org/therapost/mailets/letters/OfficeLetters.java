package org.therapost.mailets.letters;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.mail.internet.InternetAddress;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.office.Office;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.mailets.mime.OutgoingHeader;
import org.therapost.mailets.mime.OutgoingMessageWriter;

/**
 * The form of every note to a therapist: from the office, with the client's name before the subject, threaded by client
 * and matter.
 */
public final class OfficeLetters {

    private final Templates templates;
    private final OutgoingMessageWriter outgoingMessageWriter;
    private final NoteIds ids;
    private final Office office;
    private final Locale language;

    /** @param language of what therapists are told */
    public OfficeLetters(
            Templates templates,
            OutgoingMessageWriter outgoingMessageWriter,
            ServerKey serverKey,
            Office office,
            Locale language) {
        this.templates = templates;
        this.outgoingMessageWriter = outgoingMessageWriter;
        this.ids = new NoteIds(serverKey);
        this.office = office;
        this.language = language;
    }

    /**
     * What a note is about.
     *
     * @param thread if it is about one
     * @param matter notes of one matter of one thread stand together in a mail program
     * @param answers the {@code Message-ID} of the therapist's mail that it answers, if any
     */
    record About(Therapist therapist, Optional<ClientThread> thread, String matter, Optional<String> answers) {

        static About thread(ClientThread thread, String matter) {
            return new About(thread.therapist(), Optional.of(thread), matter, Optional.empty());
        }
    }

    WordingPhrases phrases() {
        return templates.therapist(language);
    }

    NoteIds ids() {
        return ids;
    }

    EmailAddress address(Therapist therapist) {
        return office.address(therapist.address().domain());
    }

    MailContent write(About about, Wording words, Optional<CalendarPart> calendar) {
        WordingPhrases phrases = phrases();
        Therapist therapist = about.therapist();
        String subject = about.thread()
                .map(thread ->
                        phrases.text("about", Map.of("client", thread.client().name(), "subject", words.subject())))
                .orElse(words.subject());
        Wording whole = new Wording(subject, words.paragraphs());
        LetterLayout layout = templates.layout();
        LetterEntity entity = LetterEntity.of(
                layout.text(whole, phrases.language()), layout.html(whole, phrases.language()), calendar);
        List<String> references = new ArrayList<>();
        references.add(ids.root(therapist, about.thread(), about.matter()));
        about.answers().ifPresent(references::add);
        OutgoingHeader header = new OutgoingHeader()
                .add("From", mailbox(phrases.text("office.name"), address(therapist)))
                .add("To", therapist.address().value())
                .addWords("Subject", subject)
                .add("Date", outgoingMessageWriter.date())
                .add("Message-ID", ids.next(therapist, about.thread(), about.matter()))
                .addIds("In-Reply-To", List.of(references.get(references.size() - 1)))
                .addIds("References", references)
                .add("Auto-Submitted", about.answers().isPresent() ? "auto-replied" : "auto-generated")
                .add("MIME-Version", "1.0")
                .addAll(entity.content());
        return MailContent.of(header.with(entity.body()));
    }

    private static String mailbox(String name, EmailAddress address) {
        if (StandardCharsets.US_ASCII.newEncoder().canEncode(name)) {
            return "\"" + name.replaceAll("[\"\\\\\\p{Cntrl}]", "") + "\" <" + address.value() + ">";
        }
        try {
            return new InternetAddress(address.value(), name, "UTF-8").toString();
        } catch (UnsupportedEncodingException impossible) {
            throw new IllegalStateException("UTF-8 is part of every JDK", impossible);
        }
    }
}
