package org.therapost.storage.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.HELD_MESSAGE;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.REPLACED_NOTE;
import static org.therapost.storage.generated.Tables.SCHEDULED_TASKS;
import static org.therapost.storage.generated.Tables.SESSION_WINDOW;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.FilingPlace;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sessions.calendar.Revision;
import org.therapost.domain.sessions.calendar.Series;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.domain.sessions.step.Step;
import org.therapost.domain.sessions.step.Timetables;
import org.therapost.domain.sessions.step.TimetablesContract;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.conversation.JooqThreadFolders;
import org.therapost.storage.conversation.JooqThreads;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.FolderArrival;
import org.therapost.storage.store.FolderArrivalListener;

class JooqTimetablesTest extends TimetablesContract {

    private static final byte[] OCTETS = {1, 2, 3};
    private static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(OCTETS), OCTETS);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final List<FolderArrival> arrived = new ArrayList<>();
    private final List<FolderArrival> vanished = new ArrayList<>();
    private final FolderArrivalListener listener = new FolderArrivalListener() {
        @Override
        public void arrived(List<FolderArrival> arrivals) {
            synchronized (arrived) {
                arrived.addAll(arrivals);
            }
        }

        @Override
        public void vanished(List<FolderArrival> gone) {
            vanished.addAll(gone);
        }
    };
    private final JooqTimetables timetables =
            new JooqTimetables(database, serverKey, (name, definition) -> WallClock.of(ZoneId.of(name)), listener);
    private final JooqThreads threads = new JooqThreads(database, serverKey, listener);
    private final Therapist bloom = new Therapist(
            new TherapistId(UUID.randomUUID()),
            new PracticeId(UUID.randomUUID()),
            EmailAddress.of("bloom@practice.example"),
            "Dr Bloom",
            Custody.LOGIN,
            new Certificate(OCTETS));
    private final ClientThread alices = thread("Alice", "k7m2qx@practice.example");
    private final ClientThread brunos = thread("Bruno", "p3n9wz@practice.example");

    @BeforeEach
    void enrol() throws Exception {
        JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        register.add(alices, 42L, new SealedKey(7L, OCTETS), SUBKEY);
        register.add(brunos, 43L, new SealedKey(7L, OCTETS), SUBKEY);
    }

    private ClientThread thread(String client, String address) {
        return new ClientThread(
                new ThreadId(UUID.randomUUID()),
                EmailAddress.of(address),
                bloom,
                new Client(
                        EmailAddress.of(client.toLowerCase(Locale.ROOT) + "@provider.example"),
                        client,
                        Optional.empty(),
                        false),
                new Certificate(OCTETS));
    }

    @Test
    void mail_for_a_thread_with_a_timetable_is_not_filed_without_a_decision() throws Exception {
        agree();
        Filing filing = filing();

        assertThat(threads.fileUntimed(List.of(filing))).isEmpty();

        assertThat(database.sql().fetchCount(MESSAGE)).isZero();
        assertThat(arrived).isEmpty();
    }

    @Test
    void mail_for_a_thread_without_a_timetable_is_filed_at_once() throws Exception {
        Filing filing = filing();

        assertThat(threads.fileUntimed(List.of(filing)))
                .hasValueSatisfying(filed -> assertThat(filed).hasSize(1));

        assertThat(arrived).extracting(FolderArrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
    }

    @Test
    void mail_to_a_folder_that_the_therapist_deleted_is_filed_without_a_timetable_as_well() throws Exception {
        database.sql().deleteFrom(MAILBOX).execute();

        assertThat(threads.fileUntimed(List.of(filing()))).isPresent();

        assertThat(arrived).extracting(FolderArrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
    }

    @Test
    void words_of_people_do_not_stand_in_the_database() throws Exception {
        everything_in_a_timetable_is_kept();

        String rows = database.sql().fetch("select t::text from timetable t").formatCSV()
                + database.sql().fetch("select t::text from session_terms t").formatCSV();
        assertThat(rows).doesNotContain("call 112").doesNotContain("urgent").doesNotContain("ring me");
    }

    @Test
    void what_a_calendar_program_calls_an_event_and_how_much_a_client_wrote_do_not_stand_in_the_database()
            throws Exception {
        everything_in_a_timetable_is_kept();

        StringBuilder rows = new StringBuilder();
        for (String table :
                List.of("timetable", "session_series", "session_instance", "session_window", "session_answer")) {
            String text =
                    database.sql().fetch("select t::text from " + table + " t").formatCSV();
            assertThat(text).as(table).contains(alices().id().value().toString());
            rows.append(text);
        }
        assertThat(rows.toString())
                .doesNotContain("event@calendar.example", "ad-hoc")
                .doesNotContain(hex("event@calendar.example"), hex("ad-hoc"))
                .doesNotContain(",400,", ",20,");
    }

    @Test
    void a_zone_that_a_calendar_defines_itself_is_kept_and_sealed() throws Exception {
        WallClock own = new WallClock(
                "Bruno's room",
                Optional.of("BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n"),
                ZoneId.of("Europe/London").getRules());
        WallClock named = WallClock.of(ZoneId.of("Europe/Paris"));
        LocalDateTime start = LocalDateTime.of(2026, 3, 23, 18, 0);
        Revision first = new Revision(0, Instant.EPOCH);
        Series series = new Series(
                "event@calendar.example",
                first,
                new Series.Pattern(
                        start,
                        own,
                        Duration.ofMinutes(50),
                        Optional.of("FREQ=WEEKLY"),
                        Set.of(),
                        Series.ZoneFrom.CALENDAR),
                Set.of(),
                Map.of(
                        start.plusWeeks(1), new Series.Instance(start, own, Duration.ofMinutes(50), first),
                        start.plusWeeks(2), new Series.Instance(start, named, Duration.ofMinutes(50), first)));
        Timetables timetables = new JooqTimetables(
                database,
                serverKey,
                (name, definition) -> definition.isPresent() ? own : WallClock.of(ZoneId.of(name)),
                listener);

        agree(timetables, List.of(series));

        assertThat(timetables.find(alices.id()).orElseThrow().series()).containsExactly(series);
        String rows = database.sql()
                        .fetch("select t::text from session_series t")
                        .formatCSV()
                + database.sql().fetch("select t::text from session_instance t").formatCSV();
        assertThat(rows).contains("Europe/Paris").doesNotContain("Bruno", "VTIMEZONE", hex("Bruno"), hex("VTIMEZONE"));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void an_instance_cannot_be_planned_twice() throws Exception {
        everything_in_a_timetable_is_kept();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> database.sql()
                        .execute("insert into session_window (id, thread_id, uid_mac, uid_sealed, recurrence_id, kind,"
                                + " sequence, stamp, opens_at, closes_at, state, confirmed, late, troubled,"
                                + " by_client, by_therapist) select gen_random_uuid(), thread_id, uid_mac,"
                                + " uid_sealed, recurrence_id, kind, sequence, stamp, opens_at + interval '1 day',"
                                + " closes_at + interval '1 day', 'proposed', false, false, false, 0, 0 from"
                                + " session_window where state = 'open'"))
                .isInstanceOf(DataAccessException.class);
    }

    @Test
    void an_ended_window_that_matters_no_more_stays_in_the_archive() throws Exception {
        a_changed_timetable_takes_the_place_of_the_one_before();

        assertThat(database.sql()
                        .select(SESSION_WINDOW.STATE)
                        .from(SESSION_WINDOW)
                        .where(SESSION_WINDOW.ARCHIVED)
                        .fetch(SESSION_WINDOW.STATE))
                .containsExactly("closed");
    }

    @Test
    void a_replaced_note_is_gone_from_folders_and_stays_readable_for_who_is_reading_it() throws Exception {
        the_note_that_says_how_much_is_held_takes_the_place_of_the_one_before_and_goes_with_what_was_held();

        assertThat(database.sql().fetchCount(REPLACED_NOTE)).isEqualTo(2);
        assertThat(database.sql().fetchCount(MESSAGE)).isEqualTo(3);
        assertThat(vanished).hasSize(2);
        assertThat(vanished).allSatisfy(gone -> assertThat(gone.mailboxName()).isEqualTo("INBOX"));
    }

    @ParameterizedTest
    @CsvSource({
        // Minutes since the first and the second note were replaced, and how many of both the third replacement leaves.
        "0, 0, 2",
        "59, 0, 2",
        "59, 58, 2",
        "61, 59, 1",
        "61, 0, 1",
        "90, 61, 0",
        "10000, 9999, 0"
    })
    void a_note_that_was_replaced_more_than_an_hour_ago_goes_with_the_next_replacement_and_a_younger_one_stays(
            int first, int second, int left) throws Exception {
        the_note_that_says_how_much_is_held_takes_the_place_of_the_one_before_and_goes_with_what_was_held();
        List<MessageId> replaced = replacedNotes();
        replacedAgo(replaced.get(0), first);
        replacedAgo(replaced.get(1), second);
        hold(filing());
        MessageId third = noteOfHeld();
        MessageId fourth = noteOfHeld();

        List<MessageId> kept = new ArrayList<>(replaced.subList(2 - left, 2));
        kept.add(third);
        assertThat(replacedNotes()).containsExactlyElementsOf(kept);
        assertThat(database.sql().fetchValues(MESSAGE.ID))
                .containsAll(kept.stream().map(MessageId::value).toList())
                .contains(fourth.value());
        assertThat(database.sql().fetchCount(MESSAGE)).as("mails, notes").isEqualTo(2 + left + 2);
        assertThat(visible()).contains(fourth).doesNotContainAnyElementsOf(kept);
    }

    private List<MessageId> replacedNotes() {
        return database.sql()
                .select(REPLACED_NOTE.MESSAGE_ID)
                .from(REPLACED_NOTE)
                .orderBy(REPLACED_NOTE.REPLACED_AT)
                .fetch(row -> new MessageId(row.value1()));
    }

    private void replacedAgo(MessageId note, int minutes) {
        assertThat(database.sql()
                        .execute(
                                "update replaced_note set replaced_at = clock_timestamp() - ? * interval '1 minute'"
                                        + " where message_id = ?",
                                minutes,
                                note.value()))
                .isEqualTo(1);
    }

    @Test
    void an_erased_message_leaves_no_octet() throws Exception {
        an_erased_message_never_appears();

        assertThat(database.sql().fetchCount(MESSAGE)).isZero();
        assertThat(database.sql().fetchCount(HELD_MESSAGE)).isZero();
    }

    @Test
    void a_folder_brought_back_from_the_record_does_not_show_what_is_held() throws Exception {
        hold(filing());

        int restored = new JooqThreadFolders(database, serverKey, listener).restore(alices().id());

        assertThat(restored).isZero();
        assertThat(visible()).isEmpty();
    }

    private void agree() throws Exception {
        agree(timetables, List.of());
    }

    private void agree(Timetables timetables, List<Series> series) throws Exception {
        timetables.change(
                Timetable.initial(
                        alices.id(),
                        Terms.initial(Instant.EPOCH, ZoneId.of("Europe/London")),
                        new ClientSettings(
                                ZoneId.of("Europe/London"),
                                Locale.ENGLISH,
                                ClientSettings.Crisis.POINTER,
                                Optional.empty())),
                (timetable, now) -> new Timetables.Work(
                        alices,
                        new Step(
                                new Timetable(
                                        timetable.thread(),
                                        new Timetable.Agreement(timetable.terms(), timetable.client()),
                                        new Timetable.Calendar(
                                                series,
                                                timetable.windows(),
                                                timetable.answers(),
                                                Optional.of(now.plus(Duration.ofDays(1)))),
                                        new Timetable.Told(timetable.held(), timetable.notices()),
                                        timetable.cycle(),
                                        timetable.surroundings()),
                                List.of(),
                                Optional.empty()),
                        Timetables.Filings.NONE,
                        Timetables.Posts.NONE));
        arrived.clear();
    }

    private Filing filing() {
        return new Filing(
                new MessageId(UUID.randomUUID()),
                new FilingPlace.FromClient(alices),
                new SealedMessage(OCTETS, OCTETS, OCTETS, new byte[0], 1, 3));
    }

    @Override
    protected Timetables timetables() {
        return timetables;
    }

    @Override
    protected ClientThread alices() {
        return alices;
    }

    @Override
    protected ClientThread brunos() {
        return brunos;
    }

    @Override
    protected List<MessageId> visible() {
        return database.sql()
                .select(MAILBOX_MESSAGE.MESSAGE_ID)
                .from(MAILBOX_MESSAGE)
                .join(MAILBOX)
                .on(MAILBOX.ID.eq(MAILBOX_MESSAGE.MAILBOX_ID))
                .where(MAILBOX.NAME_MAC.eq(new org.therapost.storage.store.Folders(serverKey).mac("INBOX")))
                .orderBy(MAILBOX_MESSAGE.UID)
                .fetch(row -> new MessageId(row.value1()));
    }

    @Override
    protected Optional<Instant> waking(ClientThread thread) {
        return database.sql()
                .select(SCHEDULED_TASKS.EXECUTION_TIME)
                .from(SCHEDULED_TASKS)
                .where(SCHEDULED_TASKS.TASK_INSTANCE.startsWith(
                        thread.id().value().toString()))
                .fetchOptional(SCHEDULED_TASKS.EXECUTION_TIME);
    }
}
