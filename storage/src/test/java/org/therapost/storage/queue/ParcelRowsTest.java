package org.therapost.storage.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.generated.tables.records.MailQueueRecord;

class ParcelRowsTest {

    private final ParcelRows rows = new ParcelRows(new ServerKey(ServerKey.generate()));
    private DSLContext sql;
    private ThreadId thread;

    @BeforeEach
    void openTheRoom() {
        sql = TestDatabase.emptied().sql();
        thread = ThreadRows.insert(sql);
    }

    private MailQueueRecord row(Parcel parcel) {
        return sql.fetchSingle(MAIL_QUEUE, MAIL_QUEUE.ID.eq(parcel.id().value()));
    }

    @Test
    void a_parcel_that_can_travel_stands_in_the_spool_and_one_that_cannot_waits() {
        Parcel sealed = ThreadRows.answer(thread, Carriage.OPENPGP, "one");
        Parcel waiting = ThreadRows.answer(thread, Carriage.WAIT, "two");
        rows.insert(sql, sealed);
        rows.insert(sql, waiting);

        assertThat(row(sealed).getQueue()).isEqualTo("spool");
        assertThat(row(sealed).getName()).isEqualTo(sealed.id().value().toString());
        assertThat(row(waiting).getQueue()).isEqualTo("waiting");
        assertThat(rows.waiting(sql, thread)).containsExactly(waiting.id());
        assertThat(rows.parcel(sql, sealed.id())).isEmpty();
    }

    @Test
    void waiting_parcels_are_listed_oldest_first_and_opened_octet_for_octet() {
        Parcel first = ThreadRows.answer(thread, Carriage.WAIT, "first \u00fc");
        Parcel second = ThreadRows.answer(thread, Carriage.WAIT, "second");
        rows.insert(sql, first);
        rows.insert(sql, second);

        assertThat(rows.waiting(sql, thread)).containsExactly(first.id(), second.id());
        Parcel opened = rows.parcel(sql, first.id()).orElseThrow();
        assertThat(opened.content().octets()).isEqualTo(first.content().octets());
        assertThat(opened.recipient()).isEqualTo(first.recipient());
        assertThat(opened.sender()).isEqualTo(first.sender());
        assertThat(opened.thread()).isEqualTo(thread);
        assertThat(opened.carriage()).isEqualTo(Carriage.WAIT);
    }

    @Test
    void a_released_parcel_travels_with_its_new_content_and_is_released_once() {
        Parcel waiting = ThreadRows.answer(thread, Carriage.WAIT, "plain");
        rows.insert(sql, waiting);
        Parcel ready = ThreadRows.answer(waiting.id(), thread, Carriage.OPENPGP, "armored");
        rows.release(sql, ready);
        byte[] posted = row(waiting).getContentSealed();
        rows.release(sql, ThreadRows.answer(waiting.id(), thread, Carriage.TLS, "again"));

        assertThat(row(waiting).getQueue()).isEqualTo("spool");
        assertThat(row(waiting).getCarriage()).isEqualTo("openpgp");
        assertThat(row(waiting).getSize()).isEqualTo(ready.content().size());
        assertThat(row(waiting).getContentSealed()).isEqualTo(posted);
        assertThat(rows.waiting(sql, thread)).isEmpty();
    }

    @Test
    void a_parcel_that_is_put_off_is_free_later_and_only_its_holder_puts_it_off() {
        Parcel parcel = ThreadRows.answer(thread, Carriage.TLS, "words");
        rows.insert(sql, parcel);
        ParcelLease hold = new ParcelLease(parcel.id(), UUID.randomUUID());
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.LEASE, hold.right())
                .set(MAIL_QUEUE.TAKES, 3)
                .execute();

        Deferral anHour = new Deferral(Duration.ofHours(1), Deferral.Cause.SERVER, false, false);
        assertThat(rows.putOff(sql, new ParcelLease(parcel.id(), UUID.randomUUID()), anHour))
                .isFalse();
        assertThat(row(parcel).getAttempts()).isZero();
        assertThat(rows.renew(sql, hold)).isTrue();
        assertThat(rows.putOff(sql, hold, anHour)).isTrue();
        assertThat(rows.renew(sql, hold)).isFalse();
        MailQueueRecord row = row(parcel);
        assertThat(row.getNotBefore())
                .isAfter(row.getEnqueuedAt().plus(Duration.ofMinutes(59)))
                .isBefore(row.getEnqueuedAt().plus(Duration.ofMinutes(90)));
        assertThat(row.getAttempts()).isEqualTo(1);
        assertThat(row.getTakes()).isZero();
        assertThat(row.getToldAt()).isNull();
        assertThat(row.getLease()).isNull();
    }

    @Test
    void a_waiting_parcel_that_does_not_open_is_moved_aside_and_does_not_stop_the_others() {
        Parcel damaged = ThreadRows.answer(thread, Carriage.WAIT, "damaged");
        Parcel sound = ThreadRows.answer(thread, Carriage.WAIT, "sound");
        new ParcelRows(new ServerKey(ServerKey.generate())).insert(sql, damaged);
        rows.insert(sql, sound);

        assertThat(rows.parcel(sql, damaged.id())).isEmpty();
        assertThat(row(damaged).getQueue()).isEqualTo("damaged");
        assertThat(rows.waiting(sql, thread)).containsExactly(sound.id());
    }

    @Test
    void a_parcel_of_a_transaction_that_fails_was_never_posted() {
        assertThatThrownBy(() -> sql.transaction(transaction -> {
                    rows.insert(transaction.dsl(), ThreadRows.answer(thread, Carriage.TLS, "words"));
                    throw new IllegalStateException("the message could not be filed");
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(sql.fetchCount(MAIL_QUEUE)).isZero();
    }

    @Test
    void neither_words_nor_addresses_are_readable_in_the_rows() {
        rows.insert(sql, ThreadRows.answer(thread, Carriage.TLS, "Marker-Words"));
        rows.insert(sql, ThreadRows.answer(thread, Carriage.WAIT, "Marker-Words"));

        for (MailQueueRecord row : sql.fetch(MAIL_QUEUE)) {
            String all = row.formatCSV()
                    + new String(row.getContentSealed(), StandardCharsets.ISO_8859_1)
                    + new String(row.getEnvelopeSealed(), StandardCharsets.ISO_8859_1);
            assertThat(all)
                    .contains(thread.value().toString())
                    .doesNotContain("Marker", "alice", "k7m2qx", "mailbox.example");
        }
    }
}
