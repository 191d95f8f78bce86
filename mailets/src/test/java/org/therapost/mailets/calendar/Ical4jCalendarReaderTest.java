package org.therapost.mailets.calendar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.CalendarMessage.Reason;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.mailets.calendar.text.CalendarComponent;
import org.therapost.mailets.calendar.text.ComponentTree;
import org.therapost.mailets.calendar.text.ContentLines;
import org.therapost.mailets.calendar.zones.CalendarZones;
import org.therapost.mailets.calendar.zones.IcalWallClocks;

class Ical4jCalendarReaderTest {

    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final WallClock LONDON = WallClock.of(ZoneId.of("Europe/London"));
    private static final EmailAddress DR_BLOOM = EmailAddress.of("bloom@practice.example");
    private static final EmailAddress ALICE = EmailAddress.of("alice@mail.example");
    private static final String UID = "7kukuqrfedlm2f9t@google.com";
    private static final LocalDateTime WEDNESDAY = LocalDateTime.parse("2026-03-25T18:00");

    private final Ical4jCalendarReader reader = new Ical4jCalendarReader();

    @Test
    void a_weekly_request_is_a_series_in_its_own_zone() {
        CalendarMessage.Request request = request("google-weekly-request");

        assertThat(request.organizer()).isEqualTo(DR_BLOOM);
        Series series = request.events().get(0);
        assertThat(series.uid()).isEqualTo(UID);
        assertThat(series.zone()).isEqualTo(LONDON);
        assertThat(series.start()).isEqualTo(WEDNESDAY);
        assertThat(series.length()).isEqualTo(Duration.ofMinutes(50));
        assertThat(series.rule()).contains("FREQ=WEEKLY;BYDAY=WE");
        assertThat(series.revision()).isEqualTo(new Revision(0, Instant.parse("2026-03-01T09:00:00Z")));
        assertThat(series.floating()).isFalse();
    }

    @Test
    void moved_and_cancelled_instances_of_one_message_keep_their_original_start() {
        Series series = series("google-series-with-override-and-cancelled-instance");

        assertThat(series.moved()).containsOnlyKeys(LocalDateTime.parse("2026-04-01T18:00"));
        assertThat(java.util.Objects.requireNonNull(series.moved().get(LocalDateTime.parse("2026-04-01T18:00")))
                        .start())
                .isEqualTo(LocalDateTime.parse("2026-04-02T17:00"));
        assertThat(series.excluded())
                .containsExactlyInAnyOrder(
                        LocalDateTime.parse("2026-04-08T18:00"), LocalDateTime.parse("2026-04-15T18:00"));
    }

    @ParameterizedTest
    @CsvSource({"google-single-instance-with-utc-recurrence-id", "google-cancel-one-instance", "google-counter"})
    void a_recurrence_id_in_utc_comes_in_the_local_time_of_the_series_that_is_known(String fixture) {
        Series known = series("google-weekly-request");

        CalendarMessage message = reader.read(CalendarMails.mail(fixture), BERLIN, uid -> Optional.of(known))
                .get(0);

        assertThat(key(message)).isEqualTo(new WindowKey(UID, Optional.of(LocalDateTime.parse("2026-04-01T18:00"))));
    }

    @Test
    void without_the_series_a_recurrence_id_in_utc_is_taken_in_the_zone_of_the_event() {
        assertThat(key(read("google-single-instance-with-utc-recurrence-id")).recurrenceId())
                .contains(LocalDateTime.parse("2026-04-01T18:00"));
    }

    @Test
    void a_reply_without_organizer_tells_attendee_and_instance() {
        assertThat(read("outlook-reply-without-organizer"))
                .isEqualTo(new CalendarMessage.Reply(
                        new WindowKey(UID, Optional.of(LocalDateTime.parse("2026-04-01T18:00"))),
                        new Revision(0, Instant.parse("2026-03-01T09:00:00Z")),
                        ALICE,
                        Participation.ACCEPTED));
    }

    @Test
    void a_decline_is_a_decline() {
        assertThat(((CalendarMessage.Reply) read("thunderbird-reply-declined")).participation())
                .isEqualTo(Participation.DECLINED);
    }

    @ParameterizedTest
    @CsvSource({
        "outlook-request-windows-zone-without-definition",
        "outlook-request-windows-zone-with-definition",
        "thunderbird-prefixed-zone",
        "bare-lf-blank-lines-and-text-that-was-not-folded",
        "apple-latin1-summary"
    })
    void names_of_zones_and_odd_lines_lead_to_london(String fixture) {
        Series series = series(fixture);

        assertThat(series.zone()).isEqualTo(LONDON);
        assertThat(series.start()).isEqualTo(WEDNESDAY);
        assertThat(series.length()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void until_in_utc_becomes_local_time_and_spaces_in_lists_are_forgiven() {
        assertThat(series("outlook-request-windows-zone-with-definition").rule())
                .contains("FREQ=WEEKLY;INTERVAL=1;BYDAY=WE,TH;WKST=MO;UNTIL=20260624T180000");
    }

    @Test
    void a_zone_without_a_known_name_is_what_the_calendar_defines() {
        Series series = series("outlook-customized-zone");

        assertThat(series.zone().name()).isEqualTo("Customized Time Zone");
        assertThat(series.zone().instant(series.start())).isEqualTo(Instant.parse("2026-07-25T17:00:00Z"));
        assertThat(new IcalWallClocks().of("Customized Time Zone", series.zone().definition()))
                .isEqualTo(series.zone());
    }

    @Test
    void a_definition_that_contradicts_its_name_wins_and_nothing_but_times_is_kept_of_it() {
        WallClock zone = series("definition-contradicts-the-name").zone();

        assertThat(zone.instant(WEDNESDAY)).isEqualTo(Instant.parse("2026-03-25T15:00:00Z"));
        assertThat(zone.definition().orElseThrow()).doesNotContain("secret").doesNotContain("Clinic");
    }

    @Test
    void floating_time_means_the_therapists_zone_and_says_so() {
        Series series = series("apple-floating-with-duration");

        assertThat(series.zone()).isEqualTo(WallClock.of(BERLIN));
        assertThat(series.floating()).isTrue();
        assertThat(series.length()).isEqualTo(Duration.ofMinutes(50));
    }

    @Test
    void added_periods_and_excluded_days_are_instances() {
        Series series = series("rdate-as-list-of-periods");

        assertThat(series.added())
                .containsExactlyInAnyOrder(
                        LocalDateTime.parse("2026-04-01T18:00"), LocalDateTime.parse("2026-04-08T18:00"));
        assertThat(java.util.Objects.requireNonNull(series.moved().get(LocalDateTime.parse("2026-04-08T18:00")))
                        .length())
                .isEqualTo(Duration.ofMinutes(90));
        assertThat(series.excluded()).containsExactly(LocalDateTime.parse("2026-04-15T18:00"));
    }

    @Test
    void what_the_calendar_leaves_out_the_mail_says() {
        CalendarMessage.Request request = request("no-dtstamp-no-sequence-no-organizer");

        assertThat(request.organizer()).isEqualTo(ALICE);
        assertThat(request.events().get(0).revision())
                .isEqualTo(new Revision(0, Instant.parse("2026-03-01T10:00:00Z")));
    }

    @ParameterizedTest
    @CsvSource({
        "zone-unknown-and-undefined, NO_ZONE",
        "apple-all-day, NO_HOURS",
        "seconds-for-ever, TOO_FREQUENT",
        "a-thousand-million-times, BEYOND_LIMITS",
        "every-second-of-every-minute, TOO_FREQUENT",
        "this-and-future, UNSUPPORTED",
        "only-a-task, UNSUPPORTED",
        "not-ended, BROKEN"
    })
    void what_cannot_have_an_effect_says_why(String fixture, Reason reason) {
        assertThat(((CalendarMessage.Unusable) read(fixture)).reason()).isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "text/calendar; method=REQUEST; charset=UTF-8",
        "application/ics; name=invite.ics",
        "application/octet-stream; name=\"Invite.ICS\""
    })
    void a_calendar_is_found_whatever_it_is_called(String type) {
        assertThat(reader.read(CalendarMails.mail(type, CalendarMails.fixture("google-weekly-request")), BERLIN))
                .get()
                .isInstanceOf(CalendarMessage.Request.class);
    }

    @Test
    void a_calendar_in_winmail_dat_is_read_and_one_that_is_not_there_is_told() {
        byte[] calendar = CalendarMails.fixture("google-weekly-request");

        assertThat(reader.read(
                        CalendarMails.mail("application/ms-tnef", CalendarMails.tnef("invite.ics", calendar)), BERLIN))
                .get()
                .isInstanceOf(CalendarMessage.Request.class);
        assertThat(reader.read(
                        CalendarMails.mail(
                                "application/octet-stream; name=winmail.dat",
                                CalendarMails.tnef("picture.png", new byte[100])),
                        BERLIN))
                .contains(new CalendarMessage.Unusable(Reason.TNEF, Optional.empty()));
    }

    @Test
    void mail_without_a_calendar_has_none_and_a_forwarded_invitation_is_not_its_forwarders() {
        assertThat(reader.read(CalendarMails.raw("From: alice@mail.example\r\n\r\nHello"), BERLIN))
                .isEmpty();
        String forwarded =
                new String(CalendarMails.mail("google-weekly-request").octets(), StandardCharsets.ISO_8859_1);
        assertThat(reader.read(
                        CalendarMails.raw(
                                "From: alice@mail.example\r\nContent-Type: message/rfc822\r\n\r\n" + forwarded),
                        BERLIN))
                .isEmpty();
    }

    @Test
    void limits_hold_before_anything_is_parsed() {
        String deep = "BEGIN:VEVENT\r\n".repeat(5_000);
        String many = "ATTENDEE:mailto:alice@mail.example\r\n".repeat(9_000);
        String wide = "DTSTART" + ";TZID=x".repeat(2_000) + ":20260325T180000\r\n";
        String dates = "EXDATE:" + "20260325T180000Z,".repeat(1_500) + "\r\n";
        for (String body : List.of(deep, "BEGIN:VEVENT\r\nUID:1\r\n" + many + "END:VEVENT\r\n", event(dates))) {
            assertThat(reader.read(CalendarMails.text(calendar(body)), BERLIN))
                    .contains(new CalendarMessage.Unusable(Reason.BEYOND_LIMITS, Optional.empty()));
        }
        assertThat(reader.read(CalendarMails.text(calendar(event(wide))), BERLIN))
                .isPresent();
        assertThat(reader.read(CalendarMails.text("X".repeat(ContentLines.SIZE + 1)), BERLIN))
                .contains(new CalendarMessage.Unusable(Reason.BEYOND_LIMITS, Optional.empty()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
                "FREQ=YEARLY;BYDAY=MO,TU,WE,TH,FR,SA,SU",
                "FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU"
            })
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_zone_with_thousands_of_rules_is_bounded_work(String rule) {
        String zone = "BEGIN:VTIMEZONE\r\nTZID:Nowhere\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                + "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n" + ("RRULE:" + rule + "\r\n").repeat(7_000)
                + "END:STANDARD\r\nEND:VTIMEZONE\r\n";

        assertThat(reader.read(CalendarMails.text(calendar(zone + elsewhere("Nowhere", ""))), BERLIN))
                .contains(new CalendarMessage.Unusable(Reason.NO_ZONE, Optional.of("Nowhere")));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "BEGIN:STANDARD\r\nEND:STANDARD\r\n",
                "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+9900\r\nEND:STANDARD\r\n",
                "BEGIN:STANDARD\r\nDTSTART:tomorrow\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\nEND:STANDARD\r\n",
                "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0000\r\n"
                        + "RRULE:FREQ=SOMETIMES\r\nEND:STANDARD\r\n",
                "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\n"
                        + "BEGIN:DAYLIGHT\r\nDTSTART:19700329T010000\r\nTZOFFSETTO:+0300\r\nEND:DAYLIGHT\r\n",
                "BEGIN:STANDARD\r\nDTSTART:19701025T020000\r\nTZOFFSETFROM:+0100\r\n",
                "what is this?\r\n",
                "END:STANDARD\r\n"
            })
    void a_definition_that_cannot_be_read_yields_to_the_name_of_the_zone(String definition) {
        for (String name :
                List.of("Europe/Berlin", "W. Europe Standard Time", "/mozilla.org/20070129_1/Europe/Berlin")) {
            String zone = "BEGIN:VTIMEZONE\r\nTZID:" + name + "\r\n" + definition + "END:VTIMEZONE\r\n";

            assertThat(reader.read(CalendarMails.text(calendar(zone + elsewhere(name, ""))), ZoneId.of("Asia/Tokyo")))
                    .get()
                    .isInstanceOfSatisfying(CalendarMessage.Request.class, request -> assertThat(
                                    request.events().get(0).zone())
                            .isEqualTo(WallClock.of(BERLIN)));
        }
        String nowhere = "BEGIN:VTIMEZONE\r\nTZID:Nowhere\r\n" + definition + "END:VTIMEZONE\r\n";
        assertThat(reader.read(CalendarMails.text(calendar(nowhere + elsewhere("Nowhere", ""))), BERLIN))
                .contains(new CalendarMessage.Unusable(Reason.NO_ZONE, Optional.of("Nowhere")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    Rivers (Severn & Thames)\\, Bath | "Rivers (Severn & Thames), Bath"
                    Rivers\\; Bath                   | "Rivers; Bath"
                    Rivers\\\\Bath                   | Rivers\\Bath
                    Rivers, Bath                     | "Rivers, Bath"
                    Rivers\\, Bath                   | "Rivers\\, Bath"
                    """, quoteCharacter = '`')
    void a_zone_whose_name_is_escaped_where_it_is_defined_is_found_by_its_name(String defined, String named) {
        String zone = "BEGIN:VTIMEZONE\r\nTZID:" + defined + "\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
                + "TZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n";

        assertThat(reader.read(CalendarMails.text(calendar(zone + elsewhere(named, ""))), BERLIN))
                .get()
                .isInstanceOfSatisfying(CalendarMessage.Request.class, request -> assertThat(
                                request.events().get(0).zone().rules().getOffset(Instant.parse("2026-03-25T12:00:00Z")))
                        .isEqualTo(ZoneOffset.ofHours(3)));
    }

    @Test
    void a_zone_that_thousands_of_dates_name_is_compared_with_its_name_once() throws Exception {
        CalendarComponent calendar = ComponentTree.calendars(
                        CalendarMails.fixture("definition-contradicts-the-name"), StandardCharsets.UTF_8)
                .get(0);
        String name = calendar.components("VTIMEZONE").get(0).value("TZID").orElseThrow();
        CalendarZones calendarZones = new CalendarZones(calendar, BERLIN);
        Instant from = Instant.parse("2026-03-01T00:00:00Z");
        Instant until = Instant.parse("2031-03-01T00:00:00Z");

        assertThat(calendarZones.named(name, from, until)).isSameAs(calendarZones.named(name, from, until));
    }

    @Test
    void whatever_is_damaged_is_read_or_unusable_and_nothing_else() {
        Random random = new Random(4);
        byte[] tokens = "BEGIN:VEVENT\r\nEND;=\"TZID,RRULE:FREQ=UNTIL-9Z/P".getBytes(StandardCharsets.US_ASCII);
        for (String fixture : List.of(
                "google-weekly-request",
                "google-series-with-override-and-cancelled-instance",
                "outlook-customized-zone",
                "rdate-as-list-of-periods")) {
            byte[] whole = CalendarMails.fixture(fixture);
            for (int i = 0; i < 300; i++) {
                byte[] damaged = whole.clone();
                for (int j = 0; j <= random.nextInt(12); j++) {
                    damaged[random.nextInt(damaged.length)] =
                            random.nextBoolean() ? (byte) random.nextInt(256) : tokens[random.nextInt(tokens.length)];
                }
                assertThat(reader.read(CalendarMails.mail("text/calendar", damaged), BERLIN))
                        .isPresent();
                byte[] tnef = CalendarMails.tnef("invite.ics", whole);
                tnef[random.nextInt(80)] = (byte) random.nextInt(256);
                assertThat(reader.read(CalendarMails.mail("application/ms-tnef", tnef), BERLIN))
                        .isPresent();
            }
        }
    }

    /** Real invitations of many programs with {@code -Dcorpus=FOLDER}, else our own fixtures. */
    @Test
    void real_invitations_are_understood_or_refused_for_a_reason() throws IOException {
        String corpus = System.getProperty("corpus", "");
        if (corpus.isEmpty()) {
            assertThat(read("google-weekly-request")).isInstanceOf(CalendarMessage.Request.class);
            return;
        }
        List<Path> mails;
        try (Stream<Path> files = Files.walk(Path.of(corpus, "calendar"))) {
            mails = files.filter(file -> file.toString().endsWith(".eml"))
                    .sorted()
                    .toList();
        }
        assertThat(mails).isNotEmpty();
        int understood = 0;
        for (Path mail : mails) {
            Optional<CalendarMessage> message = reader.read(MailContent.of(Files.readAllBytes(mail)), BERLIN);
            assertThat(message).as(mail.toString()).isPresent();
            if (message.get() instanceof CalendarMessage.Unusable unusable) {
                assertThat(unusable.reason()).as(mail.toString()).isNotEqualTo(Reason.TNEF);
            } else {
                understood++;
            }
        }
        // The rest are whole days, have no UID, are published without an invitation, or are not of this format.
        assertThat(understood).isGreaterThan(mails.size() * 6 / 10);
    }

    @Test
    void a_stored_zone_that_is_none_is_refused() {
        assertThatThrownBy(() -> new IcalWallClocks().of("Nowhere/Land", Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IcalWallClocks().of("x", Optional.of("BEGIN:VTIMEZONE\r\nEND:VTIMEZONE")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static String calendar(String body) {
        return "BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\n" + body + "END:VCALENDAR\r\n";
    }

    private static String event(String lines) {
        return "BEGIN:VEVENT\r\nUID:1\r\nDTSTART:20260325T180000Z\r\nDTEND:20260325T185000Z\r\n" + lines
                + "END:VEVENT\r\n";
    }

    private static String elsewhere(String zone, String lines) {
        return event(lines)
                .replace("DTSTART:20260325T180000Z", "DTSTART;TZID=" + zone + ":20260325T180000")
                .replace("DTEND:20260325T185000Z", "DTEND;TZID=" + zone + ":20260325T185000");
    }

    private static WindowKey key(CalendarMessage message) {
        if (message instanceof CalendarMessage.Request request) {
            return request.singles().get(0).key();
        }
        return message instanceof CalendarMessage.Cancel cancel
                ? cancel.key()
                : ((CalendarMessage.Counter) message).key();
    }

    @Test
    void a_request_that_says_cancelled_is_a_cancellation() {
        assertThat(cancelled("google-weekly-request").key().recurrenceId()).isEmpty();
        assertThat(cancelled("google-single-instance-with-utc-recurrence-id")
                        .key()
                        .recurrenceId())
                .isPresent();
    }

    private CalendarMessage.Cancel cancelled(String fixture) {
        byte[] text = new String(CalendarMails.fixture(fixture), StandardCharsets.UTF_8)
                .replace("END:VEVENT", "STATUS:CANCELLED\r\nEND:VEVENT")
                .getBytes(StandardCharsets.UTF_8);
        return (CalendarMessage.Cancel) reader.read(CalendarMails.mail("text/calendar; method=REQUEST", text), BERLIN)
                .orElseThrow();
    }

    private CalendarMessage read(String fixture) {
        return reader.read(CalendarMails.mail(fixture), BERLIN).orElseThrow();
    }

    private CalendarMessage.Request request(String fixture) {
        return (CalendarMessage.Request) read(fixture);
    }

    private Series series(String fixture) {
        return request(fixture).events().get(0);
    }
}
