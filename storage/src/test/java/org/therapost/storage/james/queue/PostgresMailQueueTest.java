package org.therapost.storage.james.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import javax.mail.internet.MimeMessage;
import org.apache.james.metrics.api.NoopGaugeRegistry;
import org.apache.james.metrics.tests.RecordingMetricFactory;
import org.apache.james.queue.api.MailPrioritySupport;
import org.apache.james.queue.api.MailQueue.MailQueueItem;
import org.apache.james.queue.api.MailQueue.MailQueueItem.CompletionStatus;
import org.apache.james.queue.api.MailQueueFactory;
import org.apache.james.queue.api.ManageableMailQueue;
import org.apache.james.queue.api.RawMailQueueItemDecoratorFactory;
import org.apache.james.server.core.MimeMessageWrapper;
import org.apache.mailet.Attribute;
import org.apache.mailet.AttributeName;
import org.apache.mailet.Mail;
import org.apache.mailet.base.test.FakeMail;
import org.awaitility.Awaitility;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.reactivestreams.Subscription;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.ParcelAttributes;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.postgres.ConnectionParameters;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;
import reactor.core.Disposable;
import reactor.core.publisher.BaseSubscriber;
import reactor.core.publisher.Flux;

/** What several processes, a crash and a deferral do to a queue; the single queue is in James's contracts. */
@Timeout(120)
class PostgresMailQueueTest {

    private static final List<String> CLOCKS = List.of("clock_timestamp", "now");

    private static final Duration A_DAY = Duration.ofDays(1);
    private static final Duration LATER = Duration.ofHours(3);

    private final ServerKey key = new ServerKey(ServerKey.generate());
    private final ParcelRows parcels = new ParcelRows(key);
    private final List<PostgresMailQueueFactory> processes = new ArrayList<>();
    private Database database;
    private DSLContext sql;
    private ThreadId thread;

    @BeforeEach
    void openTheRoom() {
        database = TestDatabase.emptied();
        sql = database.sql();
        thread = ThreadRows.insert(sql);
    }

    @AfterEach
    void stopAll() {
        processes.forEach(PostgresMailQueueFactory::close);
    }

    /** The spool as a further process on the same database sees it. */
    private ManageableMailQueue process() {
        return process(Duration.ofSeconds(1));
    }

    private ManageableMailQueue process(Duration lookEvery) {
        PostgresMailQueueFactory process = new PostgresMailQueueFactory(
                database,
                key,
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry(),
                List.of(),
                lookEvery);
        processes.add(process);
        return process.createQueue(MailQueueFactory.SPOOL);
    }

    private Parcel post(String words) {
        Parcel parcel = ThreadRows.answer(thread, Carriage.OPENPGP, words);
        sql.transaction(transaction -> parcels.insert(transaction.dsl(), parcel));
        return parcel;
    }

    private MailQueueRecord row(Parcel parcel) {
        return sql.fetchSingle(MAIL_QUEUE, MAIL_QUEUE.ID.eq(parcel.id().value()));
    }

    private static MailQueueItem take(ManageableMailQueue queue) {
        return Flux.from(queue.deQueue()).blockFirst(Duration.ofMinutes(2));
    }

    private static Deferral putOff(Duration pause) {
        return new Deferral(pause, Deferral.Cause.SERVER, false, false);
    }

    private static ParcelLease hold(MailQueueItem attempt) {
        return new ParcelLease(
                new ParcelId(UUID.fromString(attempt.getMail().getName())),
                UUID.fromString(text(attempt.getMail(), ParcelAttributes.HOLD)));
    }

    private static String text(Mail mail, String attribute) {
        return mail.getAttribute(AttributeName.of(attribute))
                .flatMap(found -> found.getValue().valueAs(String.class))
                .orElseThrow();
    }

    @Test
    void a_parcel_arrives_as_a_mail_with_its_name_envelope_attributes_and_octets() throws Exception {
        Parcel parcel = post("words \u00fc");
        Mail mail = take(process()).getMail();

        assertThat(mail.getName()).isEqualTo(parcel.id().value().toString());
        assertThat(mail.getState()).isEqualTo(Mail.DEFAULT);
        assertThat(mail.getMaybeSender().asString()).matches("b-[a-z2-7]{20}@practice.example");
        assertThat(mail.getRecipients()).extracting(Object::toString).containsExactly("alice@mailbox.example");
        assertThat(text(mail, ParcelAttributes.THREAD)).isEqualTo(thread.value().toString());
        assertThat(Carriage.valueOf(text(mail, ParcelAttributes.CARRIAGE))).isEqualTo(Carriage.OPENPGP);
        assertThat(Instant.parse(text(mail, ParcelAttributes.POSTED)))
                .isEqualTo(row(parcel).getEnqueuedAt());
        MimeMessageWrapper message = (MimeMessageWrapper) mail.getMessage();
        assertThat(message.getMessageInputStream().readAllBytes())
                .isEqualTo(parcel.content().octets());
    }

    @Test
    void two_processes_deliver_every_parcel_once() {
        BlockingQueue<String> delivered = new LinkedBlockingQueue<>();
        Disposable first = acknowledge(process(), delivered);
        Disposable second = acknowledge(process(), delivered);
        Set<String> posted = java.util.stream.IntStream.range(0, 100)
                .mapToObj(i -> post("words " + i).id().value().toString())
                .collect(Collectors.toSet());

        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> sql.fetchCount(MAIL_QUEUE) == 0);
        first.dispose();
        second.dispose();
        assertThat(delivered).hasSize(posted.size()).containsExactlyInAnyOrderElementsOf(posted);
    }

    private static Disposable acknowledge(ManageableMailQueue queue, BlockingQueue<String> delivered) {
        return Flux.from(queue.deQueue()).subscribe(item -> {
            delivered.add(item.getMail().getName());
            try {
                item.done(CompletionStatus.SUCCESS);
            } catch (Exception broken) {
                throw new AssertionError(broken);
            }
        });
    }

    @Test
    void what_a_killed_process_held_is_delivered_again_when_its_lease_runs_out() throws Exception {
        Parcel parcel = post("words");
        MailQueueItem ofTheDead = take(process());
        processes.get(0).close();
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASED_UNTIL, DSL.field("clock_timestamp()", Instant.class))
                .execute();

        MailQueueItem again = take(process());
        assertThat(again.getMail().getName()).isEqualTo(parcel.id().value().toString());
        ofTheDead.done(CompletionStatus.SUCCESS);
        assertThat(row(parcel).getLease())
                .as("a late acknowledgement has no effect")
                .isNotNull();
        again.done(CompletionStatus.SUCCESS);
        assertThat(sql.fetchCount(MAIL_QUEUE)).isZero();
    }

    @Test
    void a_lease_lasts_as_long_as_the_work() {
        Parcel parcel = post("words");
        take(process());
        Instant first = row(parcel).getLeasedUntil();
        Awaitility.await()
                .atMost(Duration.ofSeconds(60))
                .until(() -> row(parcel).getLeasedUntil().isAfter(first));
    }

    @Test
    void a_deferred_parcel_survives_the_acknowledgement_of_the_attempt() throws Exception {
        Parcel parcel = post("words");
        MailQueueItem attempt = take(process());
        parcels.putOff(sql, hold(attempt), putOff(LATER));
        attempt.done(CompletionStatus.SUCCESS);

        assertThat(row(parcel).getNotBefore())
                .isAfter(row(parcel).getEnqueuedAt().plus(LATER.minusSeconds(1)));
        assertThat(row(parcel).getLease()).isNull();
    }

    @Test
    void a_parcel_whose_mailet_failed_is_one_row_that_remembers_the_failure() throws Exception {
        Parcel parcel = post("words");
        ManageableMailQueue queue = process();
        MailQueueItem failed = take(queue);
        failed.getMail().setAttribute(Attribute.convertToAttribute("mail-processing-error-count", 1));
        queue.enQueue(failed.getMail());
        failed.done(CompletionStatus.SUCCESS);

        assertThat(sql.fetchCount(MAIL_QUEUE)).isEqualTo(1);
        MailQueueItem again = take(queue);
        assertThat(again.getMail().getName()).isEqualTo(parcel.id().value().toString());
        assertThat(again.getMail().getAttribute(AttributeName.of("mail-processing-error-count")))
                .isPresent();
        assertThat(row(parcel).getAttempts()).isEqualTo(1);
    }

    @Test
    void a_parcel_that_was_deferred_before_its_mailet_failed_stays_deferred() throws Exception {
        Parcel parcel = post("words");
        ManageableMailQueue queue = process();
        MailQueueItem failed = take(queue);
        parcels.putOff(sql, hold(failed), putOff(LATER));
        queue.enQueue(failed.getMail());
        failed.done(CompletionStatus.SUCCESS);

        assertThat(sql.fetchCount(MAIL_QUEUE)).isEqualTo(1);
        assertThat(row(parcel).getNotBefore())
                .isAfter(row(parcel).getEnqueuedAt().plus(LATER.minusSeconds(1)));
    }

    @Test
    void a_released_parcel_is_delivered() {
        Parcel waiting = ThreadRows.answer(thread, Carriage.WAIT, "plain");
        parcels.insert(sql, waiting);
        parcels.release(sql, ThreadRows.answer(waiting.id(), thread, Carriage.TLS, "ready"));
        assertThat(text(take(process()).getMail(), ParcelAttributes.CARRIAGE)).isEqualTo("TLS");
    }

    @Test
    void an_item_that_does_not_open_is_moved_aside_and_the_next_is_delivered() {
        Parcel damaged = post("damaged");
        Parcel sound = post("sound");
        byte[] content = row(damaged).getContentSealed();
        content[content.length - 1] ^= 1;
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.CONTENT_SEALED, content)
                .where(MAIL_QUEUE.ID.eq(damaged.id().value()))
                .execute();

        assertThat(take(process()).getMail().getName())
                .isEqualTo(sound.id().value().toString());
        assertThat(row(damaged).getQueue()).isEqualTo("damaged");
    }

    @Test
    void a_database_clock_that_is_set_back_delays_nothing_for_long() throws Exception {
        Database stepping = steppingDatabase();
        try (Database mended = stepping) {
            try (PostgresMailQueueFactory before = factory(mended)) {
                before.createQueue(MailQueueFactory.SPOOL).enQueue(plain("before", 5));
            }
            mended.sql()
                    .execute("update mail_queue set enqueued_at = clock_timestamp() + interval '1 hour',"
                            + " not_before = clock_timestamp() + interval '1 hour'");
            try (PostgresMailQueueFactory process = factory(mended)) {
                goesOnWhenTheClockIsSetBack(mended, process.createQueue(MailQueueFactory.SPOOL));
            }
        } finally {
            noStepsAnyMore();
        }
    }

    private PostgresMailQueueFactory factory(Database mended) {
        return new PostgresMailQueueFactory(
                mended,
                key,
                new RawMailQueueItemDecoratorFactory(),
                new RecordingMetricFactory(),
                new NoopGaugeRegistry());
    }

    private void goesOnWhenTheClockIsSetBack(Database mended, ManageableMailQueue queue) throws Exception {
        // It is there only when the queue's own watch has looked at the clock once.
        assertThat(take(queue).getMail().getName()).isEqualTo("before");
        mended.sql().execute("update clock_step set step = interval '-1 hour'");
        // Written by the clock before, and not yet taken when it was set back.
        queue.enQueue(plain("before", 5));
        mended.sql()
                .execute("update mail_queue set enqueued_at = pg_catalog.clock_timestamp(),"
                        + " not_before = pg_catalog.clock_timestamp() where lease is null");
        assertThat(take(queue).getMail().getName()).isEqualTo("before");
        queue.enQueue(plain("after", 5));
        assertThat(take(queue).getMail().getName()).isEqualTo("after");
        assertThat(mended.sql().fetchCount(MAIL_QUEUE, MAIL_QUEUE.LEASED_UNTIL.gt(Leases.in(Duration.ofMinutes(1)))))
                .as("leases that would outlive their holder by the step")
                .isZero();
    }

    /** The database with a clock that can be set, for new connections: functions of its own stand before PostgreSQL's. */
    private Database steppingDatabase() {
        sql.execute("create table clock_step as select interval '0' as step");
        for (String clock : CLOCKS) {
            sql.execute("create function public." + clock + "() returns timestamptz language sql volatile"
                    + " as 'select pg_catalog.clock_timestamp() + step from public.clock_step'");
        }
        sql.execute("alter role current_user set search_path = public, pg_catalog");
        ConnectionParameters here = database.parameters();
        return Database.connect(new ConnectionParameters(here.url(), here.user(), here.password(), 4));
    }

    private void noStepsAnyMore() {
        sql.execute("alter role current_user reset search_path");
        CLOCKS.forEach(clock -> sql.execute("drop function if exists public." + clock + "()"));
        sql.execute("drop table if exists clock_step");
    }

    @Test
    void nothing_is_leased_before_it_is_asked_for() throws Exception {
        ManageableMailQueue queue = process();
        queue.enQueue(plain("one", 5));
        queue.enQueue(plain("two", 5));
        queue.enQueue(plain("three", 5));
        BlockingQueue<MailQueueItem> delivered = new LinkedBlockingQueue<>();
        BaseSubscriber<MailQueueItem> oneAtATime = new BaseSubscriber<>() {
            @Override
            protected void hookOnSubscribe(Subscription subscription) {
                subscription.request(1);
            }

            @Override
            protected void hookOnNext(MailQueueItem item) {
                delivered.add(item);
            }
        };
        queue.deQueue().subscribe(oneAtATime);
        assertThat(delivered.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(sql.fetchCount(MAIL_QUEUE, MAIL_QUEUE.LEASE.isNotNull())).isEqualTo(1);
        oneAtATime.request(2);
        assertThat(delivered.poll(30, TimeUnit.SECONDS)).isNotNull();
        assertThat(delivered.poll(30, TimeUnit.SECONDS)).isNotNull();
    }

    @Test
    void an_idle_consumer_is_woken_by_another_process_and_need_not_look() throws Exception {
        BlockingQueue<MailQueueItem> delivered = new LinkedBlockingQueue<>();
        // They would look tomorrow: whatever comes, comes by a notification.
        Flux.from(process(A_DAY).deQueue()).subscribe(delivered::add);
        Flux.from(process(A_DAY).deQueue()).subscribe(delivered::add);
        Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> listeners() >= 2);
        for (int i = 0; i < 40; i++) {
            Parcel parcel = post("words " + i);
            MailQueueItem item = delivered.poll(60, TimeUnit.SECONDS);
            assertThat(item).isNotNull();
            assertThat(item.getMail().getName()).isEqualTo(parcel.id().value().toString());
            item.done(CompletionStatus.SUCCESS);
        }
        assertThat(delivered).isEmpty();
    }

    private int listeners() {
        return sql.fetchCount(DSL.selectOne()
                .from("pg_stat_activity")
                .where("application_name = 'therapost mail queue' and query ilike '%clock_timestamp%'"
                        + " and datname = current_database()"));
    }

    @Test
    void what_is_urgent_goes_first_and_what_is_delayed_waits_whoever_consumes() throws Exception {
        ManageableMailQueue first = process(A_DAY);
        ManageableMailQueue second = process(A_DAY);
        first.enQueue(plain("delayed", 9), Duration.ofDays(2));
        first.enQueue(plain("low", 1));
        second.enQueue(plain("normal", 5));
        second.enQueue(plain("high", 9));
        for (String expected : List.of("high", "normal", "low")) {
            ManageableMailQueue consumer = expected.equals("normal") ? second : first;
            assertThat(take(consumer).getMail().getName()).isEqualTo(expected);
        }
        assertThat(sql.fetchCount(MAIL_QUEUE, MAIL_QUEUE.LEASE.isNull())).isEqualTo(1);
    }

    private static Mail plain(String name, int priority) throws Exception {
        Mail mail = FakeMail.builder()
                .name(name)
                .sender("alice@mailbox.example")
                .recipient("k7m2qx@practice.example")
                .mimeMessage(new MimeMessage(
                        null, new ByteArrayInputStream("Subject: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII))))
                .build();
        mail.setAttribute(Attribute.convertToAttribute(MailPrioritySupport.MAIL_PRIORITY.asString(), priority));
        return mail;
    }

    @Test
    void every_take_without_an_end_is_counted_also_when_the_process_dies() {
        Parcel parcel = post("words");
        for (int take = 1; take <= 3; take++) {
            MailQueueItem taken = take(process());
            assertThat(taken.getMail()
                            .getAttribute(AttributeName.of(ParcelAttributes.TAKES))
                            .orElseThrow()
                            .getValue()
                            .value())
                    .isEqualTo(take);
            processes.forEach(PostgresMailQueueFactory::close);
            sql.update(MAIL_QUEUE)
                    .set(MAIL_QUEUE.LEASED_UNTIL, DSL.field("clock_timestamp()", Instant.class))
                    .execute();
        }
        assertThat(row(parcel).getTakes()).isEqualTo(3);
    }

    @Test
    void a_process_that_slept_past_its_lease_learns_of_it_before_the_final_dot() {
        post("words");
        MailQueueItem slept = take(process());
        processes.get(0).close();
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASED_UNTIL, DSL.field("clock_timestamp()", Instant.class))
                .execute();
        assertThat(parcels.renew(sql, hold(slept)))
                .as("nobody has taken it yet")
                .isTrue();
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASED_UNTIL, DSL.field("clock_timestamp()", Instant.class))
                .execute();
        MailQueueItem taken = take(process());
        assertThat(parcels.renew(sql, hold(slept))).isFalse();
        assertThat(parcels.putOff(sql, hold(slept), putOff(A_DAY))).isFalse();
        assertThat(parcels.end(sql, hold(slept))).isFalse();
        assertThat(parcels.renew(sql, hold(taken))).isTrue();
    }

    @Test
    void a_message_over_100_KiB_passes_without_a_temporary_file() throws Exception {
        byte[] large =
                ("Subject: large\r\n\r\n" + "Marker-Words\r\n".repeat(30_000)).getBytes(StandardCharsets.US_ASCII);
        Set<Path> before = temporaryMessages();
        ManageableMailQueue queue = process();
        queue.enQueue(FakeMail.builder()
                .name("large")
                .sender("alice@mailbox.example")
                .recipient("k7m2qx@practice.example")
                .mimeMessage(new MimeMessage(null, new ByteArrayInputStream(large)))
                .build());
        MimeMessageWrapper message = (MimeMessageWrapper) take(queue).getMail().getMessage();
        assertThat(message.getMessageInputStream().readAllBytes()).isEqualTo(large);
        assertThat(message.getSubject()).isEqualTo("large");
        assertThat(before).containsAll(temporaryMessages());

        MailQueueRecord row = sql.fetchSingle(MAIL_QUEUE);
        assertThat(row.formatCSV()
                        + new String(row.getContentSealed(), StandardCharsets.ISO_8859_1)
                        + new String(row.getEnvelopeSealed(), StandardCharsets.ISO_8859_1))
                .doesNotContain("Marker", "alice", "k7m2qx");
    }

    private static Set<Path> temporaryMessages() throws Exception {
        try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(file -> file.toString().endsWith(".m64")).collect(Collectors.toSet());
        }
    }
}
