package org.therapost.mailets.letters;

import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.therapost.domain.conversation.Notice;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.WallClock;
import org.therapost.mailets.mime.Departure;
import org.therapost.mailets.mime.Notices;
import org.therapost.mailets.mime.OutgoingHeader;

/** Writes notices about answers on their way from {@link Templates}; from the postmaster, since they concern the post. */
public final class TemplateNotices implements Notices {

    private final Templates templates;
    private final Departure departure;
    private final Locale language;
    private final WallClock clock;

    /**
     * @param language of what therapists are told
     * @param zone in which they are told times
     */
    public TemplateNotices(Templates templates, Departure departure, Locale language, ZoneId zone) {
        this.templates = templates;
        this.departure = departure;
        this.language = language;
        this.clock = WallClock.of(zone);
    }

    @Override
    public MailContent write(Therapist therapist, Notice notice) {
        Phrases phrases = templates.therapist(language);
        Wording words = wording(phrases, notice);
        Layout layout = templates.layout();
        LetterEntity entity = LetterEntity.of(
                layout.text(words, phrases.language()), layout.html(words, phrases.language()), Optional.empty());
        String domain = therapist.address().domain();
        OutgoingHeader header = new OutgoingHeader()
                .add("From", "postmaster@" + domain)
                .add("To", therapist.address().value())
                .addWords("Subject", words.subject())
                .add("Date", departure.date())
                .add("Message-ID", "<" + UUID.randomUUID() + "@" + domain + ">")
                .add("Auto-Submitted", "auto-generated")
                .add("MIME-Version", "1.0")
                .addAll(entity.content());
        return MailContent.of(header.with(entity.body()));
    }

    private Wording wording(Phrases phrases, Notice notice) {
        String address = notice.thread().address().value();
        if (notice instanceof Notice.Waiting waiting) {
            String written = phrases.moment(waiting.writtenAt(), clock);
            return words(
                    phrases,
                    "waiting",
                    address,
                    phrases.text("waiting.text", Map.of("address", address, "written", written)),
                    phrases.text("waiting.next"));
        }
        if (notice instanceof Notice.Delayed delayed) {
            String next = phrases.moment(delayed.nextTry(), clock);
            return words(
                    phrases,
                    "delayed",
                    address,
                    phrases.text("delayed.text", Map.of("address", address, "nextTry", next)));
        }
        String status = ((Notice.Undeliverable) notice).status();
        return words(
                phrases,
                "undeliverable",
                address,
                phrases.text("undeliverable.text", Map.of("address", address, "status", status)),
                phrases.text("undeliverable.next"));
    }

    private static Wording words(Phrases phrases, String kind, String address, String... paragraphs) {
        return new Wording(phrases.text(kind + ".subject", Map.of("address", address)), List.of(paragraphs));
    }
}
