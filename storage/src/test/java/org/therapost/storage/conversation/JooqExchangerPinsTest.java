package org.therapost.storage.conversation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.EXCHANGER_PIN;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
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
import org.therapost.domain.exchangers.MailExchangers;
import org.therapost.domain.exchangers.NewExchangers;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;

class JooqExchangerPinsTest {

    private static final MailExchangers OLD =
            new MailExchangers("provider.example", List.of("mx1.provider.example", "mx2.provider.example"));
    private static final MailExchangers NEW = new MailExchangers("provider.example", List.of("mx.elsewhere.example"));
    private static final ExchangerPin PINNED = ExchangerPin.of(OLD);

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final DSLContext sql = database.sql();
    private final JooqExchangerPins pins = new JooqExchangerPins(database, serverKey);
    private final JooqOutbox outbox = new JooqOutbox(database, serverKey, arrivals -> {});
    private ThreadId thread = new ThreadId(new UUID(0, 0));

    @BeforeEach
    void enrol() {
        thread = ThreadRows.insert(sql);
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
        pins.forget(thread);
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
        pins.forget(thread);
        ThreadId other = thread;
        TestDatabase.emptied();
        thread = ThreadRows.insert(sql);
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

        assertThat(outbox.putOff(leased(parcel), waiting(false), List.of())).isTrue();
        assertThat(pin().candidate().orElseThrow().toldAt()).isEmpty();
        assertThat(outbox.putOff(leased(parcel), waiting(true), List.of())).isTrue();
        assertThat(pin().candidate().orElseThrow().toldAt()).isPresent();
        MailQueueRecord row = sql.fetchSingle(MAIL_QUEUE);
        assertThat(row.getServerWaitedAt()).isAfter(Instant.parse("2026-11-01T00:00:00Z"));
        assertThat(row.getToldAt()).as("of a delay nobody was told").isNull();
        assertThat(row.getDeferredAt()).isNull();
        Instant waited = row.getServerWaitedAt();

        Deferral server = new Deferral(Duration.ofHours(1), Deferral.Cause.SERVER, false, false);
        assertThat(outbox.putOff(leased(parcel), server, List.of())).isTrue();
        row = sql.fetchSingle(MAIL_QUEUE);
        assertThat(row.getServerWaitedAt()).isNull();
        assertThat(row.getEnqueuedAt()).as("five days from here").isEqualTo(waited);
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

    private static Deferral waiting(boolean told) {
        return new Deferral(Duration.ofHours(1), Deferral.Cause.NEW_SERVERS, false, told);
    }

    private ParcelLease leased(Parcel parcel) {
        UUID right = UUID.randomUUID();
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASE, right)
                .set(MAIL_QUEUE.LEASED_UNTIL, Instant.now().plusSeconds(60))
                .execute();
        return new ParcelLease(parcel.id(), right);
    }
}
