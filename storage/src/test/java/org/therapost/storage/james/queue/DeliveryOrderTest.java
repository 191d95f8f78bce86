package org.therapost.storage.james.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.LETTER_DELIVERED;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.therapost.domain.carriage.Deferral;
import org.therapost.domain.carriage.Deferral.Cause;
import org.therapost.domain.carriage.ParcelLease;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.Parcel;
import org.therapost.domain.conversation.ParcelId;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.generated.tables.records.MailQueueRecord;
import org.therapost.storage.queue.ParcelRows;

/** Mail to one client by one carriage leaves in the order in which it was accepted, but where docs/sessions.md section 9 says else. */
@Timeout(300)
class DeliveryOrderTest {

    private static final Duration LATER = Duration.ofHours(3);

    private final ParcelRows parcels = new ParcelRows(new ServerKey(ServerKey.generate()));
    private DSLContext sql;
    private ThreadId thread;
    private QueueRows spool;

    @BeforeEach
    void openTheRoom() {
        sql = TestDatabase.emptied().sql();
        thread = ThreadRows.insert(sql);
        spool = new QueueRows(sql, ParcelRows.SPOOL);
    }

    private Parcel post(Carriage carriage, int priority, Parcel.Kind kind) {
        Parcel plain = ThreadRows.answer(thread, carriage, "words");
        Parcel parcel = new Parcel(
                plain.id(),
                thread,
                new Parcel.Route(carriage, plain.sender(), plain.recipient()),
                plain.content(),
                kind);
        sql.transaction(transaction -> parcels.insert(transaction.dsl(), parcel, priority));
        return parcel;
    }

    private Parcel post() {
        return post(Carriage.OPENPGP, ParcelRows.NORMAL, Parcel.Kind.ANSWER);
    }

    private Optional<ParcelLease> take() {
        UUID lease = UUID.randomUUID();
        return spool.lease(lease).map(row -> new ParcelLease(new ParcelId(row.getId()), lease));
    }

    private void putOff(ParcelLease hold, Cause cause, boolean aside) {
        sql.transaction(tx -> parcels.putOff(tx.dsl(), hold, new Deferral(LATER, cause, aside, false)));
    }

    private void dueAll() {
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.NOT_BEFORE, DSL.field("clock_timestamp()", Instant.class))
                .execute();
    }

    private void assertTaken(Parcel expected) {
        assertThat(take().map(ParcelLease::parcel)).contains(expected.id());
    }

    @Test
    void a_later_parcel_goes_neither_before_one_in_work_nor_before_one_that_is_put_off() {
        Parcel first = post();
        Parcel second = post(Carriage.OPENPGP, ParcelRows.LIVE, Parcel.Kind.ANSWER);
        ParcelLease hold = take().orElseThrow();
        assertThat(hold.parcel()).isEqualTo(first.id());
        assertThat(take()).as("the second, while the first is in work").isEmpty();
        putOff(hold, Cause.SERVER, false);
        assertThat(take()).as("the second, while the first is put off").isEmpty();
        post();
        assertThat(take()).as("a third that came since").isEmpty();

        dueAll();
        ParcelLease again = take().orElseThrow();
        assertThat(again.parcel()).isEqualTo(first.id());
        ParcelRows.delivered(sql, again.parcel().value(), again.right());
        assertTaken(second);
    }

    @Test
    void another_carriage_and_another_client_wait_for_nobody() {
        post();
        putOff(take().orElseThrow(), Cause.SERVER, false);
        Parcel byTls = post(Carriage.TLS, ParcelRows.NORMAL, Parcel.Kind.ANSWER);
        assertTaken(byTls);
    }

    @Test
    void a_final_refusal_and_damage_block_nothing() {
        post();
        Parcel second = post();
        Parcel third = post();
        ParcelLease refused = take().orElseThrow();
        assertThat(parcels.end(sql, refused)).isTrue();
        ParcelLease damaged = take().orElseThrow();
        assertThat(damaged.parcel()).isEqualTo(second.id());
        spool.setAside(new Lease(damaged.parcel().value(), damaged.right()));
        assertTaken(third);
    }

    @Test
    void what_is_set_aside_lets_the_later_ones_go_until_the_server_takes_none_of_them() {
        Parcel first = post();
        Parcel second = post();
        putOff(take().orElseThrow(), Cause.ITSELF, false);
        assertThat(take()).as("not yet").isEmpty();
        dueAll();
        putOff(take().orElseThrow(), Cause.ITSELF, true);
        ParcelLease later = take().orElseThrow();
        assertThat(later.parcel()).as("at once").isEqualTo(second.id());

        putOff(later, Cause.SERVER, false);
        dueAll();
        assertTaken(first);
        assertThat(take()).as("the first has its place again").isEmpty();
    }

    @Test
    void a_cancellation_overtakes_only_within_a_day_of_its_session() {
        post();
        putOff(take().orElseThrow(), Cause.SERVER, false);
        Parcel.Kind early = Parcel.Kind.overtaking(Instant.now().plus(Duration.ofDays(2)));
        Parcel.Kind shortly = Parcel.Kind.overtaking(Instant.now().minus(Duration.ofHours(2)));
        post(Carriage.OPENPGP, ParcelRows.NORMAL, early);
        assertThat(take()).as("three days before the session").isEmpty();
        assertTaken(post(Carriage.OPENPGP, ParcelRows.NORMAL, shortly));
    }

    @Test
    void an_opening_window_and_live_mail_behind_it_hurry_what_was_put_off() {
        Parcel first = post();
        putOff(take().orElseThrow(), Cause.SERVER, false);
        post(Carriage.OPENPGP, ParcelRows.LIVE, Parcel.Kind.ANSWER);
        ParcelLease hold = take().orElseThrow();
        assertThat(hold.parcel()).as("somebody waits for what stands behind it").isEqualTo(first.id());
        putOff(hold, Cause.SERVER, false);
        post(Carriage.OPENPGP, ParcelRows.LIVE, Parcel.Kind.ANSWER);
        assertThat(take()).as("it was put off at the pace of a window").isEmpty();
        sql.transaction(tx -> parcels.postAtOpen(tx.dsl(), thread, ParcelRows.LIVE));
        assertTaken(first);
    }

    @Test
    void when_a_letter_of_ours_arrived_is_remembered_with_its_leaving_and_of_an_answer_it_is_not() {
        Parcel letter = post(Carriage.OPENPGP, ParcelRows.NORMAL, Parcel.Kind.LETTER);
        ParcelLease hold = take().orElseThrow();
        assertThat(ParcelRows.delivered(sql, hold.parcel().value(), UUID.randomUUID()))
                .as("another's lease")
                .isFalse();
        assertThat(sql.fetchCount(LETTER_DELIVERED)).isZero();
        assertThat(ParcelRows.delivered(sql, hold.parcel().value(), hold.right()))
                .isTrue();
        assertThat(ParcelRows.delivered(sql, hold.parcel().value(), hold.right()))
                .isFalse();
        post();
        ParcelLease answer = take().orElseThrow();
        assertThat(ParcelRows.delivered(sql, answer.parcel().value(), answer.right()))
                .isTrue();
        assertThat(sql.fetch(LETTER_DELIVERED)).singleElement().satisfies(row -> {
            assertThat(row.getParcelId()).isEqualTo(letter.id().value());
            assertThat(row.getThreadId()).isEqualTo(thread.value());
        });
    }

    /**
     * Several consumers, none of which knows of the others, do to a line what can be done to it: leases run out as after
     * kill -9, attempts end in every way, time passes, windows open. Whatever leaves had nobody before it.
     */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatever_happens_nothing_overtakes_but_what_may(long seed) {
        Random dice = new Random(seed);
        List<Parcel> posted = new ArrayList<>();
        Set<ParcelId> gone = new HashSet<>();
        List<ParcelLease> inWork = new ArrayList<>();
        for (int step = 0; step < 250; step++) {
            switch (dice.nextInt(8)) {
                case 0, 1 -> {
                    Optional<Instant> overtakes =
                            dice.nextInt(6) == 0 ? Optional.of(Instant.now().minusSeconds(60)) : Optional.empty();
                    posted.add(post(
                            dice.nextBoolean() ? Carriage.OPENPGP : Carriage.TLS,
                            dice.nextBoolean() ? ParcelRows.LIVE : ParcelRows.NORMAL,
                            new Parcel.Kind(
                                    overtakes.isPresent() ? Parcel.Kind.Author.SERVER : Parcel.Kind.Author.THERAPIST,
                                    overtakes)));
                }
                case 2, 3 ->
                    take().ifPresent(hold -> {
                        assertMayLeave(hold.parcel(), posted, gone);
                        inWork.add(hold);
                    });
                case 4 -> dueAll();
                case 5 -> {
                    sql.update(MAIL_QUEUE)
                            .set(MAIL_QUEUE.LEASED_UNTIL, DSL.field("clock_timestamp()", Instant.class))
                            .where(MAIL_QUEUE.LEASE.isNotNull())
                            .execute();
                    if (dice.nextBoolean()) {
                        sql.transaction(tx -> parcels.postAtOpen(tx.dsl(), thread, ParcelRows.LIVE));
                    }
                }
                default -> {
                    if (!inWork.isEmpty()) {
                        end(inWork.remove(dice.nextInt(inWork.size())), dice, gone);
                    }
                }
            }
        }
        drain(posted, gone);
    }

    private void end(ParcelLease hold, Random dice, Set<ParcelId> gone) {
        switch (dice.nextInt(6)) {
            case 0, 1 -> {
                if (ParcelRows.delivered(sql, hold.parcel().value(), hold.right())) {
                    gone.add(hold.parcel());
                }
            }
            case 2 -> {
                if (parcels.end(sql, hold)) {
                    gone.add(hold.parcel());
                }
            }
            case 3 -> putOff(hold, Cause.SERVER, false);
            case 4 -> putOff(hold, Cause.ITSELF, dice.nextBoolean());
            default -> putOff(hold, Cause.US, false);
        }
    }

    private void assertMayLeave(ParcelId taken, List<Parcel> posted, Set<ParcelId> gone) {
        Parcel parcel = posted.stream()
                .filter(one -> one.id().equals(taken))
                .findFirst()
                .orElseThrow();
        if (parcel.kind().overtakesFrom().isPresent() || row(taken).getAsideAt() != null) {
            return;
        }
        for (Parcel before : posted.subList(0, posted.indexOf(parcel))) {
            if (before.carriage() == parcel.carriage() && !gone.contains(before.id())) {
                assertThat(row(before.id()).getAsideAt())
                        .as("an earlier one that is still here was set aside")
                        .isNotNull();
            }
        }
    }

    private MailQueueRecord row(ParcelId id) {
        return sql.fetchSingle(MAIL_QUEUE, MAIL_QUEUE.ID.eq(id.value()));
    }

    /** In the end everything leaves: nothing waits for what is not there. */
    private void drain(List<Parcel> posted, Set<ParcelId> gone) {
        sql.update(MAIL_QUEUE)
                .setNull(MAIL_QUEUE.LEASE)
                .setNull(MAIL_QUEUE.LEASED_UNTIL)
                .execute();
        while (gone.size() < posted.size()) {
            dueAll();
            ParcelLease hold = take().orElseThrow();
            assertMayLeave(hold.parcel(), posted, gone);
            ParcelRows.delivered(sql, hold.parcel().value(), hold.right());
            gone.add(hold.parcel());
        }
        assertThat(sql.fetchCount(MAIL_QUEUE)).isZero();
    }
}
