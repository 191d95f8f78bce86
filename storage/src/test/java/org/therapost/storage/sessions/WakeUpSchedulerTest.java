package org.therapost.storage.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.therapost.storage.generated.Tables.GATEWAY;
import static org.therapost.storage.generated.Tables.GATEWAY_OUTAGE;
import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.MAILBOX_MESSAGE;
import static org.therapost.storage.generated.Tables.SCHEDULED_TASKS;
import static org.therapost.storage.generated.Tables.SESSION_WINDOW;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.InMemorySealer;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.domain.sessions.SimpleOccurrences;
import org.therapost.domain.sessions.calendar.WallClock;
import org.therapost.domain.sessions.engine.Sessions;
import org.therapost.domain.sessions.journeys.AdvanceSessions;
import org.therapost.domain.sessions.journeys.LetterDispatch;
import org.therapost.domain.sessions.journeys.TakeCommand;
import org.therapost.domain.sessions.letters.ClientLetter;
import org.therapost.domain.sessions.letters.NoteContext;
import org.therapost.domain.sessions.letters.SessionLetters;
import org.therapost.domain.sessions.letters.TherapistNote;
import org.therapost.domain.sessions.mail.SessionCommand;
import org.therapost.domain.sessions.model.ClientSettings;
import org.therapost.domain.sessions.model.DefaultTerms;
import org.therapost.domain.sessions.model.NoticeId;
import org.therapost.domain.sessions.model.Terms;
import org.therapost.domain.sessions.model.Timetable;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.people.JooqDirectory;
import org.therapost.storage.postgres.Database;

class WakeUpSchedulerTest {

    private static final byte[] OCTETS = {1, 2, 3};
    private static final SigningSubkey SUBKEY = new SigningSubkey(new Certificate(OCTETS), OCTETS);
    private static final int THREADS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final Clock clock = Clock.systemUTC();
    private final List<TherapistNote> told = Collections.synchronizedList(new ArrayList<>());
    private final JooqDirectory directory = new JooqDirectory(database, serverKey, EquivalentAddresses.NONE);
    private final JooqTimetables timetables =
            new JooqTimetables(database, serverKey, (name, text) -> WallClock.of(ZoneId.of(name)), arrivals -> {});
    private final Sessions sessions = new Sessions(new SimpleOccurrences());
    private final LetterDispatch letterDispatch = new LetterDispatch(new Ear(), new InMemorySealer());
    private final List<ClientThread> threads = new ArrayList<>();
    private final List<WakeUpScheduler> processes = new ArrayList<>();

    /** Hears what is told, and writes it down in one word. */
    private final class Ear implements SessionLetters {
        @Override
        public MailContent toClient(
                ClientThread thread,
                ClientSettings client,
                ClientLetter notice,
                Optional<String> about,
                Carriage carriage) {
            return MailContent.of(OCTETS);
        }

        @Override
        public MailContent toTherapist(
                ClientThread thread, Terms terms, ClientSettings client, TherapistNote note, NoteContext context) {
            told.add(note);
            return MailContent.of(OCTETS);
        }

        @Override
        public boolean isInvitation(ClientThread thread, String uid, String messageId) {
            return false;
        }

        @Override
        public Optional<Instant> noticeWritten(ClientThread thread, String messageId) {
            return Optional.empty();
        }

        @Override
        public boolean isNote(ClientThread thread, String messageId) {
            return false;
        }
    }

    @BeforeEach
    void enrol() throws Exception {
        Therapist bloom = new Therapist(
                new TherapistId(UUID.randomUUID()),
                new PracticeId(UUID.randomUUID()),
                EmailAddress.of("bloom@practice.example"),
                "Dr Bloom",
                Custody.LOGIN,
                new Certificate(OCTETS));
        JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
        register.add(
                new Practice(bloom.practice(), "practice.example"),
                new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        TherapistRows.add(database, serverKey, bloom);
        for (int i = 0; i < THREADS; i++) {
            ClientThread thread = new ClientThread(
                    new ThreadId(UUID.randomUUID()),
                    EmailAddress.of("thread" + i + "@practice.example"),
                    bloom,
                    new Client(
                            EmailAddress.of("client" + i + "@provider.example"), "Client " + i, Optional.empty(), true),
                    new Certificate(OCTETS));
            register.add(thread, 42L + i, new SealedKey(7L, OCTETS), SUBKEY);
            threads.add(thread);
        }
    }

    @AfterEach
    void stop() {
        processes.forEach(WakeUpScheduler::close);
    }

    @Test
    void each_window_is_opened_by_one_of_two_processes_and_once() throws Exception {
        process();
        process();
        Instant soon = clock.instant().plusSeconds(2);
        for (ClientThread thread : threads) {
            propose(thread, soon);
        }

        await().atMost(PATIENCE).until(() -> states().stream().allMatch("open"::equals));

        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(told.stream().filter(TherapistNote.Opened.class::isInstance))
                        .hasSize(THREADS));
        // Nobody opens twice what is open: the next wakings lie ahead.
        assertThat(database.sql()
                        .fetchCount(
                                SCHEDULED_TASKS,
                                SCHEDULED_TASKS.TASK_NAME.eq(WakeUpRows.TASK),
                                SCHEDULED_TASKS.EXECUTION_TIME.gt(soon)))
                .isEqualTo(THREADS);
        assertThat(database.sql().fetchCount(MAILBOX_MESSAGE)).isEqualTo(told.size());
    }

    @Test
    void what_became_due_while_no_process_ran_happens_at_the_next_start() throws Exception {
        Instant soon = clock.instant().plusSeconds(1);
        propose(threads.get(0), soon);
        await().atMost(PATIENCE).until(() -> clock.instant().isAfter(soon.plusMillis(500)));
        assertThat(states()).containsExactly("proposed");
        // As if whoever had begun with it had died.
        database.sql()
                .execute("update scheduled_tasks set picked = true, picked_by = 'nobody', last_heartbeat = now()");

        process();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(states()).containsExactly("open"));
    }

    @Test
    void a_waking_that_comes_early_changes_nothing_and_comes_again() throws Exception {
        propose(threads.get(0), clock.instant().plus(Duration.ofHours(2)));
        database.sql().execute("update scheduled_tasks set execution_time = now() where task_name = 'wake'");

        new AdvanceSessions(timetables, directory, sessions, letterDispatch)
                .advance(threads.get(0).id());

        assertThat(states()).containsExactly("proposed");
        assertThat(database.sql()
                        .select(SCHEDULED_TASKS.EXECUTION_TIME)
                        .from(SCHEDULED_TASKS)
                        .where(SCHEDULED_TASKS.TASK_NAME.eq(WakeUpRows.TASK))
                        .fetch(SCHEDULED_TASKS.EXECUTION_TIME))
                .singleElement()
                .satisfies(at -> assertThat(at).isAfter(clock.instant().plusSeconds(60)));
    }

    @Test
    void a_time_without_any_process_is_noted_once() throws Exception {
        Instant last = clock.instant().minus(Duration.ofMinutes(10));
        database.sql()
                .insertInto(GATEWAY)
                .set(GATEWAY.PROCESS, UUID.randomUUID())
                .set(GATEWAY.SEEN_AT, last)
                .execute();

        new Heartbeat(database, clock).begin();
        new Heartbeat(database, clock).begin();

        assertThat(database.sql().fetchCount(GATEWAY_OUTAGE)).isEqualTo(1);
        propose(threads.get(0), clock.instant().plus(Duration.ofHours(1)));
        assertThat(timetables
                        .find(threads.get(0).id())
                        .orElseThrow()
                        .surroundings()
                        .outages())
                .singleElement()
                .satisfies(outage ->
                        assertThat(outage.contains(last.plusSeconds(60))).isTrue());
    }

    @Test
    void a_step_knows_the_therapists_windows_in_other_threads() throws Exception {
        Instant later = clock.instant().plus(Duration.ofHours(2));
        propose(threads.get(0), later);
        propose(threads.get(1), later);

        assertThat(timetables
                        .find(threads.get(1).id())
                        .orElseThrow()
                        .surroundings()
                        .elsewhere())
                .hasSize(1);
        assertThat(told)
                .filteredOn(TherapistNote.Confirmed.class::isInstance)
                .extracting(note -> ((TherapistNote.Confirmed) note).has(TherapistNote.Confirmed.Mark.CLASHES))
                .containsExactly(false, true);
    }

    @Test
    void a_letter_whose_arrival_nobody_heard_of_wakes_its_thread_and_the_step_that_sees_it_forgets_it()
            throws Exception {
        propose(threads.get(0), clock.instant().plus(Duration.ofHours(2)));
        propose(threads.get(1), clock.instant().plus(Duration.ofHours(2)));
        Instant longAgo = clock.instant().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.MILLIS);
        UUID letter = UUID.randomUUID();
        arrived(letter, threads.get(0), longAgo);
        arrived(UUID.randomUUID(), threads.get(1), clock.instant());
        arrived(UUID.randomUUID(), threads.get(2), longAgo);

        assertThat(timetables
                        .find(threads.get(0).id())
                        .orElseThrow()
                        .surroundings()
                        .arrived())
                .containsExactly(new Timetable.Arrived(new NoticeId(letter), longAgo));
        WakeUpScheduler.wakeForArrived(database);
        WakeUpScheduler.wakeForArrived(database);
        assertThat(database.sql()
                        .select(SCHEDULED_TASKS.TASK_INSTANCE)
                        .from(SCHEDULED_TASKS)
                        .where(SCHEDULED_TASKS.EXECUTION_TIME.le(clock.instant().plusSeconds(60)))
                        .fetch(SCHEDULED_TASKS.TASK_INSTANCE))
                .as("one that has a timetable, and not what is being worked on just now")
                .containsExactly(threads.get(0).id().value() + "/arrived");

        process();
        await().atMost(PATIENCE)
                .until(() -> database.sql()
                                .fetchCount(
                                        LETTER_DELIVERED,
                                        LETTER_DELIVERED.THREAD_ID.eq(
                                                threads.get(0).id().value()))
                        == 0);
    }

    private void arrived(UUID letter, ClientThread thread, Instant at) {
        database.sql()
                .insertInto(LETTER_DELIVERED)
                .set(LETTER_DELIVERED.PARCEL_ID, letter)
                .set(LETTER_DELIVERED.THREAD_ID, thread.id().value())
                .set(LETTER_DELIVERED.DELIVERED_AT, at)
                .execute();
    }

    private void process() throws Exception {
        WakeUpScheduler process = new WakeUpScheduler(
                database, new AdvanceSessions(timetables, directory, sessions, letterDispatch), clock);
        process.start();
        processes.add(process);
    }

    private void propose(ClientThread thread, Instant opens) throws Exception {
        new TakeCommand(
                        timetables,
                        sessions,
                        letterDispatch,
                        new DefaultTerms(ZoneId.of("Europe/London"), java.util.Locale.ENGLISH))
                .take(thread, new SessionCommand.Propose(opens, Optional.of(Duration.ofMinutes(20))));
    }

    private List<String> states() {
        return database.sql()
                .select(SESSION_WINDOW.STATE)
                .from(SESSION_WINDOW)
                .where(SESSION_WINDOW.ARCHIVED.isFalse())
                .fetch(SESSION_WINDOW.STATE);
    }
}
