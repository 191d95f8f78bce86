package org.therapost.mailets.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Effect;
import org.therapost.domain.sessions.step.Step;

/**
 * Mails of real calendar programs: each is understood, and an invitation becomes windows, or is refused with one reason of which
 * the therapist hears. With {@code -Dcorpus=FOLDER} all files under {@code FOLDER/calendar}, otherwise our own.
 */
class CalendarCorpusTest {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarCorpusTest.class);
    private static final ZoneId LONDON = ZoneId.of("Europe/London");
    private static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");

    private final Ical4jCalendarReader reader = new Ical4jCalendarReader();
    private final Sessions sessions = new Sessions(new Ical4jOccurrences());
    private final Map<String, List<String>> seen = new TreeMap<>();

    private record Mail(String name, MailContent content) {}

    @Test
    void each_calendar_mail_is_understood_or_refused_with_a_reason() throws Exception {
        String corpus = System.getProperty("corpus", "");
        List<Mail> mails = corpus.isEmpty() ? own() : files(Path.of(corpus, "calendar"));
        assertThat(mails).isNotEmpty();
        for (Mail mail : mails) {
            assertThatCode(() -> take(mail)).as(mail.name()).doesNotThrowAnyException();
        }
        seen.forEach((what, which) -> LOG.info("{}: {} {}", what, which.size(), which));
        assertThat(seen.getOrDefault("no calendar message", List.of())).isEmpty();
        assertThat(seen.getOrDefault("nobody was told", List.of())).isEmpty();
        assertThat(seen).as("most are understood").containsKey("REQUEST");
    }

    private void take(Mail mail) {
        List<CalendarMessage> messages = reader.read(mail.content(), LONDON, uid -> Optional.empty());
        if (messages.isEmpty()) {
            note("no calendar message", mail);
        }
        for (CalendarMessage message : messages) {
            if (message instanceof CalendarMessage.Unusable unusable) {
                note("refused as " + unusable.reason(), mail);
            } else {
                note(message.getClass().getSimpleName().toUpperCase(Locale.ROOT), mail);
            }
            step(mail, message);
        }
    }

    /** What the times of a thread make of it on the day before it takes place. */
    private void step(Mail mail, CalendarMessage message) {
        EmailAddress organizer = DR_BLOOM;
        Instant now = Instant.parse("2026-03-01T09:00:00Z");
        if (message instanceof CalendarMessage.Request request) {
            organizer = request.organizer();
            now = firstOf(request).minus(Duration.ofDays(1));
        }
        Timetable empty = Timetable.initial(
                new ThreadId(new UUID(1, 1)),
                Terms.initial(Instant.EPOCH, LONDON),
                new ClientSettings(LONDON, Locale.ENGLISH, ClientSettings.Crisis.POINTER, Optional.empty()));
        Step step = sessions.invited(empty, organizer, message, now);
        List<TherapistNote> notes = step.effects().stream()
                .filter(Effect.TellTherapist.class::isInstance)
                .map(effect -> ((Effect.TellTherapist) effect).note())
                .toList();
        if (message instanceof CalendarMessage.Request || message instanceof CalendarMessage.Unusable) {
            if (notes.isEmpty()) {
                note("nobody was told", mail);
            }
        }
        if (message instanceof CalendarMessage.Request) {
            String end = notes.stream().anyMatch(TherapistNote.Confirmed.class::isInstance)
                    ? "agreed"
                    : notes.stream()
                            .filter(TherapistNote.NotUnderstood.class::isInstance)
                            .map(one -> "not agreed: " + ((TherapistNote.NotUnderstood) one).reason())
                            .findFirst()
                            .orElse("neither");
            note(end, mail);
            assertThat(step.next().windows().isEmpty()).as(mail.name()).isEqualTo(!end.equals("agreed"));
        }
    }

    private static Instant firstOf(CalendarMessage.Request request) {
        return Stream.concat(
                        request.events().stream()
                                .map((Series event) -> event.zone().instant(event.start())),
                        request.singles().stream().map(single -> single.instance()
                                .zone()
                                .instant(single.instance().start())))
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private void note(String what, Mail mail) {
        seen.computeIfAbsent(what, none -> new ArrayList<>()).add(mail.name());
    }

    private static List<Mail> files(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            List<Mail> mails = new ArrayList<>();
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".eml")).sorted().toList()) {
                mails.add(new Mail(folder.relativize(file).toString(), MailContent.of(Files.readAllBytes(file))));
            }
            return mails;
        }
    }

    /** Some of the shapes that the tests of the reader look at one by one. */
    private static List<Mail> own() {
        return Stream.of(
                        "google-weekly-request",
                        "google-series-with-override-and-cancelled-instance",
                        "google-cancel-one-instance",
                        "google-counter",
                        "google-single-instance-with-utc-recurrence-id")
                .map(name -> new Mail(name, CalendarMails.mail(name)))
                .toList();
    }
}
