package org.therapost.mailets.calendar;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sessions.calendar.CalendarMessage;
import org.therapost.domain.sessions.calendar.Participation;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.calendar.WindowKey;
import org.therapost.mailets.TestPeople;
import org.therapost.mailets.calendar.text.UnusableCalendarException;
import org.therapost.mailets.calendar.zones.CalendarZones;
import org.therapost.mailets.calendar.zones.IcalWallClocks;
import org.therapost.mailets.calendar.zones.ZoneText;

class CalendarWriterTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
    private static final LocalDateTime WEDNESDAY = LocalDateTime.parse("2026-03-25T18:00");
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    private static final String UID = "clinic-4711@laptop.practice.example";

    private final ClientEventUids uids = new ClientEventUids(new ServerKey(new byte[ServerKey.SIZE]));
    private final CalendarWriter writer = new CalendarWriter(uids, Clock.fixed(NOW, ZoneOffset.UTC));
    private final Ical4jCalendarReader reader = new Ical4jCalendarReader();

    @Test
    void the_clients_invitation_is_the_series_under_another_name() {
        Series series = weekly(WallClock.of(ZoneId.of("Europe/London")));

        CalendarMessage.Request read =
                (CalendarMessage.Request) read(writer.request(TestPeople.THREAD, series, "Appointment"));

        assertThat(read.organizer()).isEqualTo(TestPeople.THREAD.address());
        Series written = read.events().get(0);
        assertThat(written)
                .usingRecursiveComparison()
                .ignoringFields("uid", "revision.stamp", "moved")
                .isEqualTo(series);
        assertThat(written.moved()).containsOnlyKeys(series.moved().keySet());
        assertThat(written.uid()).isEqualTo(uids.ours(TestPeople.THREAD.id(), UID));
        assertThat(uids.series(TestPeople.THREAD.id(), written.uid(), List.of(series)))
                .contains(series);
    }

    @Test
    void the_clients_invitation_names_the_client_alone_and_holds_no_word_of_the_therapists() {
        String text = writer.request(TestPeople.THREAD, weekly(defined()), "Appointment, now; and then");

        assertThat(text)
                .contains("SUMMARY:Appointment\\, now\\; and then\r\n")
                .doesNotContain("bloom")
                .doesNotContain("laptop")
                .doesNotContain("Clinic")
                .doesNotContain("VALARM")
                .doesNotContain("DESCRIPTION")
                .doesNotContain("LOCATION");
        assertThat(text.lines()).allMatch(line -> line.getBytes(StandardCharsets.UTF_8).length <= 75);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Europe/London",
                "America/New_York",
                "Australia/Sydney",
                "Asia/Kolkata",
                "America/Santiago",
                "Asia/Jerusalem",
                "Africa/Casablanca",
                "Europe/Dublin",
                "Australia/Lord_Howe",
                "America/Nuuk",
                "Asia/Tokyo"
            })
    void the_zone_that_we_write_is_right_over_ten_years(String name) throws UnusableCalendarException {
        WallClock zone = WallClock.of(ZoneId.of(name));
        Instant from = Instant.parse("2025-03-25T18:00:00Z");
        Instant until = from.plus(Duration.ofDays(3_650));
        String text = ZoneText.of(name, zone, from, until);

        WallClock read = new IcalWallClocks().of(name, Optional.of(text));

        assertThat(CalendarZones.same(zone.rules(), read.rules(), from, until)).isTrue();
    }

    @Test
    void a_zone_that_the_therapists_calendar_defines_goes_along() {
        Series series = weekly(defined());

        Series written = ((CalendarMessage.Request) read(writer.request(TestPeople.THREAD, series, "Appointment")))
                .events()
                .get(0);

        assertThat(written.zone().instant(WEDNESDAY)).isEqualTo(series.zone().instant(WEDNESDAY));
    }

    @Test
    void a_cancellation_names_the_instance_or_the_whole() {
        Series series = weekly(WallClock.of(ZoneId.of("Europe/London")));
        WindowKey instance = new WindowKey(UID, Optional.of(LocalDateTime.parse("2026-04-08T18:00")));

        CalendarMessage.Cancel one = (CalendarMessage.Cancel)
                known(writer.cancel(TestPeople.THREAD, series, Optional.of(instance), 5, "Appointment"), series);
        CalendarMessage.Cancel all = (CalendarMessage.Cancel)
                known(writer.cancel(TestPeople.THREAD, series, Optional.empty(), 6, "Appointment"), series);

        assertThat(one.revision().sequence()).isEqualTo(5);
        assertThat(all.revision().sequence()).isEqualTo(6);
        assertThat(one.key()).isEqualTo(instance);
        assertThat(all.key()).isEqualTo(new WindowKey(UID, Optional.empty()));
    }

    @Test
    void the_clients_answer_reaches_the_therapists_event_as_the_threads_address() {
        Series series = weekly(WallClock.of(ZoneId.of("Europe/London")));
        WindowKey key = new WindowKey(UID, Optional.of(LocalDateTime.parse("2026-04-01T18:00")));

        String text = writer.reply(TestPeople.THREAD, series, key, Participation.DECLINED);

        assertThat(read(text))
                .isEqualTo(new CalendarMessage.Reply(
                        key, new Revision(4, NOW), TestPeople.THREAD.address(), Participation.DECLINED));
        assertThat(text)
                .contains("UID:" + UID + "\r\n")
                .contains("ORGANIZER:mailto:bloom@practice.example\r\n")
                .contains("RECURRENCE-ID;TZID=Europe/London:20260401T180000\r\n")
                .doesNotContain("alice");
    }

    @Test
    void a_counter_proposal_tells_the_new_time_in_the_zone_of_the_series() {
        Series series = weekly(WallClock.of(ZoneId.of("Europe/London")));
        WindowKey key = new WindowKey(UID, Optional.of(LocalDateTime.parse("2026-04-08T18:00")));

        CalendarMessage.Counter counter = (CalendarMessage.Counter)
                read(writer.counter(TestPeople.THREAD, series, key, Instant.parse("2026-04-09T08:00:00Z")));

        assertThat(counter.key()).isEqualTo(key);
        assertThat(counter.start()).isEqualTo(LocalDateTime.parse("2026-04-09T09:00"));
    }

    @Test
    void the_same_event_has_another_name_in_every_thread() {
        assertThat(uids.ours(TestPeople.THREAD.id(), UID))
                .isEqualTo(uids.ours(TestPeople.THREAD.id(), UID))
                .isNotEqualTo(uids.ours(
                        TestPeople.thread("z9@practice.example", TestPeople.ALICE)
                                .id(),
                        UID));
    }

    @Test
    void a_line_break_in_a_value_begins_no_line() {
        Series series = weekly(WallClock.of(ZoneId.of("Europe/London")));

        assertThat(writer.request(TestPeople.THREAD, series, "x\r\nATTENDEE:mailto:mallory@evil.example"))
                .doesNotContain("\r\nATTENDEE:mailto:mallory");
    }

    private static Series weekly(WallClock zone) {
        return new Series(
                UID,
                new Revision(3, NOW),
                new Series.Pattern(
                        WEDNESDAY,
                        zone,
                        Duration.ofMinutes(50),
                        Optional.of("FREQ=WEEKLY;BYDAY=WE;UNTIL=20260630T180000"),
                        Set.of(LocalDateTime.parse("2026-03-27T10:00")),
                        Series.ZoneFrom.CALENDAR),
                Set.of(LocalDateTime.parse("2026-04-15T18:00")),
                Map.of(
                        LocalDateTime.parse("2026-04-01T18:00"),
                        new Series.Instance(
                                LocalDateTime.parse("2026-04-02T17:00"),
                                zone,
                                Duration.ofMinutes(50),
                                new Revision(4, NOW))));
    }

    private static WallClock defined() {
        return new IcalWallClocks().of("Clinic Time", Optional.of("""
            BEGIN:VTIMEZONE
            TZID:Clinic Time
            BEGIN:STANDARD
            DTSTART:19700101T000000
            TZOFFSETFROM:+0330
            TZOFFSETTO:+0330
            END:STANDARD
            END:VTIMEZONE
            """.replace("\n", "\r\n")));
    }

    private CalendarMessage read(String text) {
        return reader.read(CalendarMails.text(text), BERLIN).orElseThrow();
    }

    private CalendarMessage known(String text, Series series) {
        return reader.read(
                        CalendarMails.text(text),
                        BERLIN,
                        uid -> uids.series(TestPeople.THREAD.id(), uid, List.of(series)))
                .get(0);
    }
}
