package org.therapost.mailets.calendar;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarShape;

/**
 * Calendar programs' mails have the shape that their index says, and what a person adds to them is never lost. With
 * {@code -Dcorpus=FOLDER} all that {@code FOLDER/calendar/INDEX.tsv} names, otherwise our own.
 */
class CalendarShapeCorpusTest {

    private static final Logger LOG = LoggerFactory.getLogger(CalendarShapeCorpusTest.class);
    private static final Set<String> ORGANIZERS_METHODS = Set.of("REQUEST", "CANCEL", "ADD");
    private static final Pattern METHOD = Pattern.compile("(?m)^METHOD:(\\w+)");
    private static final Pattern CONTENT_FIELD =
            Pattern.compile("(?im)^Content-[\\w-]+:[^\\r\\n]*(\\r?\\n[ \\t][^\\r\\n]*)*\\r?\\n");
    private static final String SENTENCE = "I look forward to it, and please bring the letter of your mother.";
    private static final int CHANGES = 40;

    private final Ical4jCalendarReader reader = new Ical4jCalendarReader();

    private record Mail(String name, String method, byte[] octets) {

        CalendarShape shape(Ical4jCalendarReader reader) {
            return reader.shape(MailContent.of(octets));
        }
    }

    @Test
    void each_calendar_mail_has_the_shape_that_its_index_says() throws Exception {
        for (Mail mail : mails()) {
            CalendarShape shape = mail.shape(reader);
            // RFC 5546 section 3.2.1: what is published is for whoever likes to add it.
            boolean message = !mail.method().equals("PUBLISH");
            assertThat(shape.isMessage()).as(mail.name()).isEqualTo(message);
            assertThat(shape.speaker() == CalendarShape.Speaker.ORGANIZER)
                    .as(mail.name())
                    .isEqualTo(message && ORGANIZERS_METHODS.contains(mail.method()));
            if (message && mail.method().equals("REQUEST")) {
                assertThat(shape.attendees()).as(mail.name()).doesNotHaveDuplicates();
            }
        }
    }

    @Test
    void what_a_person_adds_is_told_or_goes_to_the_client_as_a_letter_and_is_never_lost() throws Exception {
        int routine = 0;
        for (Mail mail : mails()) {
            if (mail.shape(reader).company() == CalendarShape.Company.NOTHING) {
                routine++;
            }
            for (Map.Entry<String, byte[]> way : withAddition(mail.octets()).entrySet()) {
                CalendarShape shape = reader.shape(MailContent.of(way.getValue()));
                assertThat(!shape.isMessage() || shape.company() == CalendarShape.Company.WORDS)
                        .as("%s with %s: %s", mail.name(), way.getKey(), shape)
                        .isTrue();
            }
        }
        LOG.info("{} mails have nothing of a person", routine);
        assertThat(routine).as("mails without words of a person").isPositive();
    }

    @Test
    void a_file_behind_more_calendars_than_are_read_is_not_lost() {
        StringBuilder mail = new StringBuilder("Content-Type: multipart/mixed; boundary=b\r\n\r\n");
        for (int i = 0; i < CalendarParts.KEPT + 2; i++) {
            mail.append("--b\r\nContent-Type: text/calendar; method=REQUEST\r\n\r\n")
                    .append(new String(CalendarMails.fixture("google-weekly-request"), ISO_8859_1))
                    .append("\r\n");
        }
        mail.append("--b\r\nContent-Type: application/pdf\r\nContent-Disposition: attachment\r\n\r\nx\r\n--b--\r\n");
        assertThat(reader.shape(CalendarMails.raw(mail.toString())).company()).isEqualTo(CalendarShape.Company.WORDS);
    }

    @Test
    void whatever_a_mail_is_like_it_has_a_shape() throws Exception {
        Random random = new Random(28);
        for (Mail mail : mails()) {
            for (int i = 0; i < CHANGES; i++) {
                byte[] changed = mail.octets().clone();
                for (int n = random.nextInt(8); n >= 0; n--) {
                    changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
                }
                assertThatCode(() -> reader.shape(MailContent.of(changed)))
                        .as(mail.name())
                        .doesNotThrowAnyException();
            }
        }
        for (Mail mail : letters()) {
            CalendarShape shape = mail.shape(reader);
            if (!new String(mail.octets(), ISO_8859_1)
                    .toLowerCase(Locale.ROOT)
                    .matches("(?s).*(calendar|ics|tnef|winmail).*")) {
                assertThat(shape).as(mail.name()).isEqualTo(CalendarShape.NONE);
            }
        }
    }

    /** The same mail with something of a person's beside it. */
    private static Map<String, byte[]> withAddition(byte[] mail) {
        String html = "<p>" + SENTENCE + "</p>";
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("a text", "Content-Type: text/plain; charset=utf-8\r\n\r\n" + SENTENCE);
        parts.put("a text of no type", "\r\n" + SENTENCE);
        parts.put("a text in html", "Content-Type: text/html; charset=utf-8\r\n\r\n" + html);
        parts.put(
                "a text in two forms",
                "Content-Type: multipart/alternative; boundary=forms\r\n\r\n--forms\r\nContent-Type: text/plain\r\n\r\n"
                        + SENTENCE + "\r\n--forms\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--forms--");
        parts.put(
                "a text whose plain form is blank",
                "Content-Type: multipart/alternative; boundary=forms\r\n\r\n--forms\r\nContent-Type: text/plain\r\n\r\n"
                        + " \r\n--forms\r\nContent-Type: text/html\r\n\r\n" + html + "\r\n--forms--");
        for (String disposition : List.of("attachment; filename=letter.pdf", "inline; filename=letter.pdf", "inline")) {
            parts.put(
                    "a document, " + disposition,
                    "Content-Type: application/pdf\r\nContent-Disposition: " + disposition
                            + "\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0xLjQK");
        }
        parts.put("a document of no disposition", "Content-Type: application/pdf; name=letter.pdf\r\n\r\n%PDF-1.4");
        parts.put("a picture", "Content-Type: image/jpeg\r\nContent-Disposition: inline; filename=us.jpg\r\n\r\nx");
        parts.put("a table", "Content-Type: text/csv; name=diary.csv\r\n\r\nMonday,slept");
        parts.put("a forwarded mail", "Content-Type: message/rfc822\r\n\r\nSubject: x\r\n\r\n" + SENTENCE);
        Map<String, byte[]> all = new LinkedHashMap<>();
        parts.forEach((what, part) -> {
            all.put(what + " before", mixed(mail, part, true));
            all.put(what + " behind", mixed(mail, part, false));
        });
        return all;
    }

    /** A multipart of a mail's body and one more part. */
    private static byte[] mixed(byte[] mail, String part, boolean before) {
        String text = new String(mail, ISO_8859_1);
        Matcher end = Pattern.compile("\\r?\\n\\r?\\n").matcher(text);
        assertThat(end.find()).isTrue();
        String header = text.substring(0, end.start()) + "\r\n";
        StringBuilder content = new StringBuilder();
        CONTENT_FIELD.matcher(header).results().forEach(field -> content.append(field.group()));
        String own = "--addition\r\n" + content + "\r\n" + text.substring(end.end()) + "\r\n";
        String added = "--addition\r\n" + part + "\r\n";
        ByteArrayOutputStream octets = new ByteArrayOutputStream();
        octets.writeBytes(CONTENT_FIELD.matcher(header).replaceAll("").getBytes(ISO_8859_1));
        octets.writeBytes("Content-Type: multipart/mixed; boundary=addition\r\n\r\n".getBytes(US_ASCII));
        octets.writeBytes((before ? added + own : own + added).getBytes(ISO_8859_1));
        octets.writeBytes("--addition--\r\n".getBytes(US_ASCII));
        return octets.toByteArray();
    }

    private static List<Mail> mails() throws IOException {
        String corpus = System.getProperty("corpus", "");
        List<Mail> mails = corpus.isEmpty() ? own() : indexed(Path.of(corpus));
        assertThat(mails).isNotEmpty();
        return mails;
    }

    private static List<Mail> indexed(Path corpus) throws IOException {
        List<Mail> mails = new ArrayList<>();
        for (String line : Files.readAllLines(corpus.resolve("calendar/INDEX.tsv"))) {
            String[] columns = line.split("\t", -1);
            if (!columns[0].equals("file")) {
                mails.add(new Mail(columns[0], columns[2], Files.readAllBytes(corpus.resolve(columns[0]))));
            }
        }
        return mails;
    }

    private static List<Mail> own() {
        List<Mail> mails = new ArrayList<>();
        for (String name : List.of(
                "google-weekly-request",
                "google-series-with-override-and-cancelled-instance",
                "google-cancel-one-instance",
                "google-counter",
                "outlook-reply-without-organizer",
                "outlook-request-windows-zone-with-definition",
                "thunderbird-reply-declined",
                "apple-all-day")) {
            byte[] file = CalendarMails.fixture(name);
            Matcher method = METHOD.matcher(new String(file, ISO_8859_1));
            assertThat(method.find()).as(name).isTrue();
            String type = "text/calendar; charset=utf-8; method=" + method.group(1);
            mails.add(new Mail(
                    name, method.group(1), CalendarMails.mail(type, file).octets()));
        }
        return mails;
    }

    /** Mails of people. */
    private static List<Mail> letters() throws IOException {
        String corpus = System.getProperty("corpus", "");
        if (corpus.isEmpty()) {
            return List.of(new Mail("a letter", "", ("Subject: x\r\n\r\n" + SENTENCE + "\r\n").getBytes(US_ASCII)));
        }
        List<Mail> mails = new ArrayList<>();
        try (Stream<Path> all = Files.walk(Path.of(corpus, "mail"))) {
            for (Path file :
                    all.filter(one -> one.toString().endsWith(".eml")).sorted().toList()) {
                mails.add(new Mail(file.toString(), "", Files.readAllBytes(file)));
            }
        }
        return mails;
    }
}
