package org.therapost.storage.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.HELD_MESSAGE;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.SCHEDULED_TASKS;
import static org.therapost.storage.generated.Tables.SESSION_WINDOW;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Filing;
import org.therapost.domain.conversation.MessageId;
import org.therapost.domain.conversation.Place;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.EmailAddress;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.LockedKey;
import org.therapost.domain.sealing.PasswordRecord;
import org.therapost.domain.sealing.SealedKey;
import org.therapost.domain.sealing.SealedMessage;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.domain.sessions.ClientSettings;
import org.therapost.domain.sessions.Step;
import org.therapost.domain.sessions.Terms;
import org.therapost.domain.sessions.Timetable;
import org.therapost.domain.sessions.Timetables;
import org.therapost.domain.sessions.TimetablesContract;
import org.therapost.domain.sessions.WallClock;
import org.therapost.storage.Arrival;
import org.therapost.storage.ArrivalListener;
import org.therapost.storage.Database;
import org.therapost.storage.JooqRegister;
import org.therapost.storage.JooqThreads;
import org.therapost.storage.JooqViews;
import org.therapost.storage.TestDatabase;

class JooqTimetablesTest extends TimetablesContract {

    private static final byte[] OCTETS = {1, 2, 3};

    private final SpoolKey spoolKey = new SpoolKey(new byte[SpoolKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final List<Arrival> arrived = new ArrayList<>();
    private final List<Arrival> vanished = new ArrayList<>();
    private final ArrivalListener listener = new ArrivalListener() {
        @Override
        public void arrived(List<Arrival> arrivals) {
            synchronized (arrived) {
                arrived.addAll(arrivals);
            }
        }

        @Override
        public void vanished(List<Arrival> gone) {
            vanished.addAll(gone);
        }
    };
    private final JooqTimetables timetables =
            new JooqTimetables(database, spoolKey, (name, definition) -> WallClock.of(ZoneId.of(name)), listener);
    private final JooqThreads threads = new JooqThreads(database, spoolKey, listener);
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
        JooqRegister register = new JooqRegister(database, spoolKey);
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        register.add(bloom, new PasswordRecord("$argon2id$x"), Optional.of(new LockedKey(OCTETS)));
        register.add(alices, 42L, new SealedKey(7L, OCTETS));
        register.add(brunos, 43L, new SealedKey(7L, OCTETS));
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

        assertThat(arrived).extracting(Arrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
    }

    @Test
    void mail_to_a_folder_that_the_therapist_deleted_is_filed_without_a_timetable_as_well() throws Exception {
        database.sql().deleteFrom(MAILBOX).execute();

        assertThat(threads.fileUntimed(List.of(filing()))).isPresent();

        assertThat(arrived).extracting(Arrival::mailboxName).containsExactlyInAnyOrder("INBOX", "Clients/Alice");
    }

    @Test
    void words_of_people_do_not_stand_in_the_database() throws Exception {
        everything_in_a_timetable_is_kept();

        String rows = database.sql().fetch("select t::text from timetable t").formatCSV()
                + database.sql().fetch("select t::text from session_terms t").formatCSV();
        assertThat(rows).doesNotContain("call 112").doesNotContain("urgent").doesNotContain("ring me");
    }

    @Test
    void an_instance_cannot_be_planned_twice() throws Exception {
        everything_in_a_timetable_is_kept();

        org.assertj.core.api.Assertions.assertThatThrownBy(() -> database.sql()
                        .execute("insert into session_window (id, thread_id, uid, recurrence_id, kind, sequence, stamp,"
                                + " opens_at, closes_at, state, confirmed, late, troubled, by_client, by_therapist, words)"
                                + " select gen_random_uuid(), thread_id, uid, recurrence_id, kind, sequence, stamp,"
                                + " opens_at + interval '1 day', closes_at + interval '1 day', 'proposed', false, false,"
                                + " false, 0, 0, 0 from session_window where state = 'open'"))
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
    void a_replaced_note_is_gone_from_folders_and_from_the_record() throws Exception {
        the_note_that_says_how_much_is_held_takes_the_place_of_the_one_before_and_goes_with_what_was_held();

        assertThat(database.sql().fetchCount(MESSAGE)).isEqualTo(1);
        assertThat(vanished).hasSize(2);
        assertThat(vanished).allSatisfy(gone -> assertThat(gone.mailboxName()).isEqualTo("INBOX"));
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

        int restored = new JooqViews(database, spoolKey, listener).restore(alices().id());

        assertThat(restored).isZero();
        assertThat(visible()).isEmpty();
    }

    private void agree() throws Exception {
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
                                        timetable.terms(),
                                        timetable.client(),
                                        timetable.series(),
                                        timetable.windows(),
                                        timetable.held(),
                                        timetable.notices(),
                                        timetable.cycle(),
                                        timetable.answers(),
                                        Optional.of(now.plus(Duration.ofDays(1))),
                                        timetable.surroundings()),
                                List.of(),
                                Optional.empty()),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Optional.empty()));
        arrived.clear();
    }

    private Filing filing() {
        return new Filing(
                new MessageId(UUID.randomUUID()),
                new Place.FromClient(alices),
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
                .where(MAILBOX.NAME_MAC.eq(new org.therapost.storage.Folders(spoolKey).mac("INBOX")))
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
