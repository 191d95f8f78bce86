package org.therapost.storage.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.EXCHANGER_PIN;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.THREAD;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.exchangers.ExchangerPin;
import org.therapost.domain.exchangers.ExchangerPins;
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.queue.QueueAdministration;

class JooqExchangerPinsTest {

    private static final MailExchangers OLD =
            new MailExchangers("provider.example", List.of("mx1.provider.example", "mx2.provider.example"));
    private static final MailExchangers NEW = new MailExchangers("provider.example", List.of("mx.elsewhere.example"));
    private static final ExchangerPin PINNED = ExchangerPin.of(OLD);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final DSLContext sql = database.sql();
    private final JooqExchangerPins pins = new JooqExchangerPins(database, serverKey, arrivals -> {});
    private final JooqOutbox outbox = new JooqOutbox(database, serverKey, arrivals -> {});
    private final JooqEnrolmentRegister register = new JooqEnrolmentRegister(database, serverKey);
    private ThreadId thread = new ThreadId(new UUID(0, 0));

    @BeforeEach
    void enrol() throws Exception {
        thread = ThreadRows.insert(sql);
        consent();
    }

    private void consent() throws Exception {
        register.setTlsConsent(thread, true);
    }

    private ExchangerPin pin() throws Exception {
        return pins.change(thread, (before, now, lastMail) -> before);
    }

    private void set(ExchangerPin pin) throws Exception {
        pins.change(thread, (before, now, lastMail) -> pin);
    }

    @Test
    void a_pin_is_kept_as_it_was_given_and_forgotten_when_told_to() throws Exception {
        assertThat(pin()).isEqualTo(ExchangerPin.NONE);
        Instant now = Instant.parse("2026-11-29T10:00:00.123456Z");
        for (Optional<Instant> told : List.of(Optional.<Instant>empty(), Optional.of(now.plusSeconds(9)))) {
            ExchangerPin full = new ExchangerPin(
                    Optional.of(OLD),
                    Optional.of(new NewExchangers(NEW, now, now.plusSeconds(7), told)),
                    ExchangerPin.WhenUnpinned.WAITS);
            set(full);
            assertThat(pin()).isEqualTo(full);
        }
        set(PINNED);
        assertThat(pin()).isEqualTo(PINNED);
        register.setTlsConsent(thread, false);
        consent();
        assertThat(pin()).isEqualTo(ExchangerPin.NONE);
    }

    @Test
    void without_a_consent_in_force_there_is_no_pin_and_none_comes() throws Exception {
        set(PINNED);
        register.setTlsConsent(thread, false);

        assertThatThrownBy(this::pin).isInstanceOf(CannotTellException.class);
        assertThatThrownBy(() -> set(PINNED)).isInstanceOf(CannotTellException.class);
        assertThat(pins.say(thread, (pin, now) -> {
                    assertThat(pin).isEqualTo(ExchangerPin.NONE);
                    return new ExchangerPins.Said(PINNED, Optional.empty());
                }))
                .isEmpty();
        assertThat(sql.fetchCount(EXCHANGER_PIN)).isZero();
        consent();
        assertThat(pin()).isEqualTo(ExchangerPin.NONE);
    }

    @Test
    void the_change_hears_the_databases_clock() throws Exception {
        Instant before = sql.select(org.jooq.impl.DSL.field("clock_timestamp()", Instant.class))
                .fetchSingle()
                .value1();
        pins.change(thread, (pin, now, lastMail) -> {
            assertThat(now).isBetween(before, before.plusSeconds(60));
            assertThat(lastMail).isEmpty();
            return pin;
        });
    }

    @Test
    void a_consent_from_before_the_table_is_known_until_it_is_pinned() throws Exception {
        sql.insertInto(EXCHANGER_PIN)
                .set(EXCHANGER_PIN.THREAD_ID, thread.value())
                .execute();
        assertThat(pins.ofEarlierConsents()).containsExactly(thread);
        assertThat(pin()).isEqualTo(ExchangerPin.OF_EARLIER_CONSENT);
        set(ExchangerPin.NONE);
        assertThat(pins.ofEarlierConsents()).isEmpty();
        assertThat(pin()).isEqualTo(ExchangerPin.NONE);
    }

    @Test
    void neither_provider_nor_its_hosts_stand_in_the_database_and_a_row_of_another_thread_is_none() throws Exception {
        set(PINNED);
        byte[] sealed = sql.fetchSingle(EXCHANGER_PIN).getStateSealed();
        assertThat(sealed).isNotNull();
        assertThat(HexFormat.of().formatHex(sealed))
                .doesNotContain(HexFormat.of().formatHex("provider".getBytes(StandardCharsets.US_ASCII)));
        ThreadId other = thread;
        TestDatabase.emptied();
        thread = ThreadRows.insert(sql);
        consent();
        assertThat(thread).isNotEqualTo(other);
        sql.insertInto(EXCHANGER_PIN)
                .set(EXCHANGER_PIN.THREAD_ID, thread.value())
                .set(EXCHANGER_PIN.STATE_SEALED, sealed)
                .execute();
        assertThatThrownBy(this::pin).isInstanceOf(CannotTellException.class);
    }

    @Test
    void a_parcel_that_waits_for_new_servers_is_told_of_once_and_keeps_its_days() throws Exception {
        set(PINNED);
        pins.change(
                thread,
                (before, now, lastMail) -> new ExchangerPin(
                        before.pinned(), Optional.of(NewExchangers.first(NEW, now)), before.unpinned()));
        Parcel parcel = ThreadRows.answer(thread, Carriage.TLS, "words");
        new ParcelRows(serverKey).insert(sql, parcel);
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.ENQUEUED_AT, Instant.parse("2026-01-01T00:00:00Z"))
                .execute();

        assertThat(outbox.putOff(lease(parcel), waiting(Optional.empty()), List.of()))
                .isTrue();
        assertThat(pin().candidate().orElseThrow().toldAt()).isEmpty();
        Instant first = sql.fetchSingle(MAIL_QUEUE).getServerWaitedAt();
        assertThat(outbox.putOff(lease(parcel), waiting(Optional.of(OLD)), List.of()))
                .isTrue();
        assertThat(pin().candidate().orElseThrow().toldAt())
                .as("of others than these")
                .isEmpty();
        assertThat(outbox.putOff(lease(parcel), waiting(Optional.of(NEW)), List.of()))
                .isTrue();
        assertThat(pin().candidate().orElseThrow().toldAt()).isPresent();
        MailQueueRecord row = sql.fetchSingle(MAIL_QUEUE);
        assertThat(row.getToldAt()).as("of a delay nobody was told").isNull();
        assertThat(row.getDeferredAt()).isNull();
        assertThat(row.getEnqueuedAt()).as("five days from here").isAfter(first);
        Instant posted = row.getEnqueuedAt();

        Deferral server = new Deferral(Duration.ofHours(1), Deferral.Cause.SERVER, false, false);
        assertThat(outbox.putOff(lease(parcel), server, List.of())).isTrue();
        assertThat(sql.fetchSingle(MAIL_QUEUE).getEnqueuedAt()).isEqualTo(posted);
        assertThat(places()).containsExactly(ParcelRows.SPOOL);
        assertThat(outbox.putOff(lease(parcel), waiting(Optional.empty()), List.of()))
                .isTrue();
        assertThat(sql.fetchSingle(MAIL_QUEUE).getServerWaitedAt())
                .as("the first time stays, whatever came in between")
                .isEqualTo(first);
        assertThat(places()).containsExactly("new-server");
    }

    private List<String> places() throws Exception {
        return new QueueAdministration(database, serverKey)
                .items(9).stream().map(QueueAdministration.Item::place).toList();
    }

    @Test
    void who_has_lost_the_lease_tells_nobody() throws Exception {
        set(new ExchangerPin(
                Optional.of(OLD),
                Optional.of(NewExchangers.first(NEW, Instant.EPOCH)),
                ExchangerPin.WhenUnpinned.WAITS));
        Parcel parcel = ThreadRows.answer(thread, Carriage.TLS, "words");
        new ParcelRows(serverKey).insert(sql, parcel);
        ParcelLease lost = lease(parcel);
        lease(parcel);

        assertThat(outbox.putOff(lost, waiting(Optional.of(NEW)), List.of())).isFalse();
        assertThat(pin().candidate().orElseThrow().toldAt()).isEmpty();
    }

    @Test
    void a_note_that_is_not_filed_leaves_the_pin_as_it_was() throws Exception {
        set(PINNED);
        assertThatThrownBy(() -> pins.say(thread, (pin, now) -> {
                    throw new CannotTellException("it cannot be written");
                }))
                .isInstanceOf(CannotTellException.class);
        assertThat(pins.say(thread, (pin, now) -> new ExchangerPins.Said(ExchangerPin.of(NEW), Optional.empty())))
                .isEmpty();
        assertThat(pin()).isEqualTo(ExchangerPin.of(NEW));
    }

    /** The usual attempt: it is in the way of nobody, and nobody is in its way. */
    @Test
    void a_change_that_changes_nothing_waits_for_no_lock() throws Exception {
        set(PINNED);
        sql.transaction(other -> {
            other.dsl().selectFrom(THREAD).forUpdate().fetch();
            assertThat(CompletableFuture.supplyAsync(() -> {
                                try {
                                    return pin();
                                } catch (Exception silent) {
                                    throw new IllegalStateException(silent);
                                }
                            })
                            .get(20, TimeUnit.SECONDS))
                    .isEqualTo(PINNED);
        });
    }

    /** Attempts that put off, acceptances, adoptions and revocations of one thread, all at once. */
    @Test
    void whatever_changes_a_pin_together_with_the_queue_takes_its_locks_in_one_order() throws Exception {
        ParcelRows rows = new ParcelRows(serverKey);
        List<Parcel> parcels = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            parcels.add(ThreadRows.answer(thread, Carriage.TLS, "words " + i));
            rows.insert(sql, parcels.get(i));
        }
        ExchangerPin candidate = new ExchangerPin(
                Optional.of(OLD),
                Optional.of(NewExchangers.first(NEW, Instant.EPOCH)),
                ExchangerPin.WhenUnpinned.WAITS);
        List<Callable<Object>> work = List.of(
                () -> outbox.putOff(lease(parcels.get(0)), waiting(Optional.of(NEW)), List.of()),
                () -> outbox.putOff(lease(parcels.get(1)), waiting(Optional.of(NEW)), List.of()),
                () -> pins.change(thread, (pin, now, lastMail) -> candidate),
                () -> pins.say(thread, (pin, now) -> new ExchangerPins.Said(ExchangerPin.of(NEW), Optional.empty())));
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            for (int round = 0; round < 60; round++) {
                for (Future<Object> one : threads.invokeAll(work)) {
                    one.get(30, TimeUnit.SECONDS);
                }
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(pin().pinned()).isPresent();
    }

    @Test
    void a_revocation_holds_back_what_was_to_leave_and_takes_it_out_of_the_hands_of_an_attempt() throws Exception {
        set(PINNED);
        ParcelRows rows = new ParcelRows(serverKey);
        Parcel leaving = ThreadRows.answer(thread, Carriage.TLS, "one");
        Parcel kept = ThreadRows.answer(thread, Carriage.TLS, "two");
        Parcel encrypted = ThreadRows.answer(thread, Carriage.OPENPGP, "three");
        rows.insert(sql, leaving);
        rows.insertAtOpen(sql, kept);
        rows.insert(sql, encrypted);
        ParcelLease attempt = lease(leaving);
        assertThat(outbox.renew(attempt)).isTrue();

        register.setTlsConsent(thread, false);

        assertThat(outbox.renew(attempt)).as("before its final dot").isFalse();
        assertThat(outbox.putOff(attempt, new Deferral(Duration.ZERO, Deferral.Cause.US, false, false), List.of()))
                .isFalse();
        assertThat(rows.waiting(sql, thread)).containsExactly(leaving.id(), kept.id());
        assertThat(sql.fetch(MAIL_QUEUE, MAIL_QUEUE.QUEUE.eq(ParcelRows.WAITING)))
                .extracting(MailQueueRecord::getCarriage)
                .containsOnly("wait");
        assertThat(rows.parcel(sql, leaving.id()).orElseThrow().carriage()).isEqualTo(Carriage.WAIT);
        assertThat(sql.fetchSingle(MAIL_QUEUE, MAIL_QUEUE.ID.eq(encrypted.id().value()))
                        .getQueue())
                .isEqualTo(ParcelRows.SPOOL);
    }

    @Test
    void when_others_are_pinned_what_waits_is_tried_now_and_other_mail_is_left_alone() throws Exception {
        set(PINNED);
        ParcelRows rows = new ParcelRows(serverKey);
        Parcel tls = ThreadRows.answer(thread, Carriage.TLS, "one");
        Parcel encrypted = ThreadRows.answer(thread, Carriage.OPENPGP, "two");
        rows.insert(sql, tls);
        rows.insert(sql, encrypted);
        Instant later = Instant.parse("2099-01-01T00:00:00Z");
        sql.update(MAIL_QUEUE).set(MAIL_QUEUE.NOT_BEFORE, later).execute();

        set(new ExchangerPin(
                Optional.of(OLD), Optional.of(NewExchangers.first(NEW, later)), ExchangerPin.WhenUnpinned.WAITS));
        assertThat(notBefore(tls)).isEqualTo(later);
        set(ExchangerPin.of(NEW));
        assertThat(notBefore(tls)).isBefore(later);
        assertThat(notBefore(encrypted)).isEqualTo(later);
    }

    private Instant notBefore(Parcel parcel) {
        return sql.fetchSingle(MAIL_QUEUE, MAIL_QUEUE.ID.eq(parcel.id().value()))
                .getNotBefore();
    }

    private static Deferral waiting(Optional<MailExchangers> told) {
        return new Deferral(Duration.ofHours(1), Deferral.Cause.NEW_SERVERS, false, false, told);
    }

    private ParcelLease lease(Parcel parcel) {
        UUID right = UUID.randomUUID();
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASE, right)
                .set(MAIL_QUEUE.LEASED_UNTIL, Instant.now().plusSeconds(60))
                .where(MAIL_QUEUE.ID.eq(parcel.id().value()))
                .execute();
        return new ParcelLease(parcel.id(), right);
    }
}
