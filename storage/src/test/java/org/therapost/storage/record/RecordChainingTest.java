package org.therapost.storage.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.THREAD;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.RecordReport;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.RecordChain;

/** What an earlier release accepted is chained once, however often it has to begin. */
class RecordChainingTest {

    private static final int MESSAGES = 2500;
    private static final int NOTES = 1200;

    private final ServerKey key = new ServerKey(ServerKey.generate());
    private final List<String> told = new ArrayList<>();
    private Database database;
    private DSLContext sql;
    private ThreadId alice;
    private ThreadId bruno;

    @BeforeEach
    void an_earlier_release_has_accepted_messages() {
        database = TestDatabase.emptied();
        sql = database.sql();
        alice = ThreadRows.insert(sql);
        bruno = new ThreadId(UUID.randomUUID());
        sql.execute(
                "insert into thread (id, therapist_id, address, client_address_sealed, client_address_mac,"
                        + " client_name_sealed) select {0}, therapist_id, 'bruno@practice.example', '\\x02', '\\x02',"
                        + " '\\x02' from thread",
                DSL.val(bruno.value()));
        sql.deleteFrom(RECORD_HEAD).execute();
        messages(alice.value(), "from-client", MESSAGES);
        messages(bruno.value(), "from-therapist", MESSAGES);
        messages(null, "notice", NOTES);
    }

    @Test
    void all_of_it_is_chained_in_the_order_of_acceptance_and_says_since_when() throws Exception {
        assertThat(chaining(RecordChainingTest::never).run()).isTrue();
        RecordReport report = verify();
        assertThat(report.findings()).isEmpty();
        assertThat(report.messages()).isEqualTo(2 * MESSAGES + NOTES);
        assertThat(report.chainedAt()).isPresent();
        assertThat(sql.fetchCount(RECORD_HEAD, RECORD_HEAD.BEGUN_WITH.eq((long) MESSAGES)))
                .isEqualTo(2);
        assertThat(sql.select(RECORD_ENTRY.NUMBER)
                        .from(RECORD_ENTRY)
                        .join(MESSAGE)
                        .on(MESSAGE.ID.eq(RECORD_ENTRY.MESSAGE_ID))
                        .where(MESSAGE.THREAD_ID.eq(alice.value()))
                        .orderBy(MESSAGE.ACCEPTED_AT, MESSAGE.ID)
                        .fetch(RECORD_ENTRY.NUMBER))
                .isSorted();
        assertThat(told).first().asString().contains("6,200 messages", "451");
        assertThat(told).last().asString().contains("is chained");
    }

    @Test
    void a_run_that_is_stopped_leaves_whole_threads_and_the_next_one_does_the_rest() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        // In the middle of the second thread.
        assertThat(chaining(() -> asked.incrementAndGet() > 5).run()).isFalse();
        assertThat(sql.fetchCount(RECORD_HEAD)).isEqualTo(1);
        assertThat(sql.fetchCount(RECORD_ENTRY)).isEqualTo(MESSAGES);
        assertThat(database.ask(RecordChaining::doneAt)).isEmpty();
        assertThat(verify().findings()).isEmpty();

        assertThat(chaining(RecordChainingTest::never).run()).isTrue();
        assertThat(verify().findings()).isEmpty();
        assertThat(verify().messages()).isEqualTo(2 * MESSAGES + NOTES);
    }

    @Test
    void a_run_that_is_killed_leaves_whole_threads_and_the_next_one_does_the_rest() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        RecordChaining killed = chaining(() -> {
            if (asked.incrementAndGet() == 5) {
                // As if its process were gone: all its connections end at once.
                sql.fetch("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'therapost'"
                        + " and pid <> pg_backend_pid() and datname = current_database()");
            }
            return false;
        });
        assertThatThrownBy(killed::run).isInstanceOf(CannotTellException.class);
        assertThat(sql.fetchCount(RECORD_HEAD)).isEqualTo(1);
        assertThat(sql.fetchCount(RECORD_ENTRY)).isEqualTo(MESSAGES);

        assertThat(chaining(RecordChainingTest::never).run()).isTrue();
        assertThat(verify().findings()).isEmpty();
        assertThat(sql.fetchCount(RECORD_ENTRY)).isEqualTo(2 * MESSAGES + NOTES);
    }

    @Test
    void a_thread_that_is_not_chained_takes_no_mail_and_one_that_is_does() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        chaining(() -> asked.incrementAndGet() > 5).run();
        ThreadId chained = new ThreadId(sql.fetchValue(RECORD_HEAD.THREAD_ID));
        ThreadId other = chained.equals(alice) ? bruno : alice;
        RecordChain chain = new RecordChain(key);
        assertThat(database.transact(RuntimeException.class, tx -> chain.lock(tx, chained))
                        .lockedAt())
                .isNotNull();
        assertThatThrownBy(() -> database.transact(RuntimeException.class, tx -> chain.lock(tx, other)))
                .isInstanceOf(CannotTellException.class)
                .hasMessageContaining("not chained yet");
    }

    @Test
    void of_two_processes_one_chains_and_both_know_when_it_is_done() throws Exception {
        CompletableFuture<Boolean> one = CompletableFuture.supplyAsync(this::run);
        CompletableFuture<Boolean> two = CompletableFuture.supplyAsync(this::run);
        assertThat(one.join()).isTrue();
        assertThat(two.join()).isTrue();
        assertThat(verify().findings()).isEmpty();
        assertThat(sql.fetchCount(RECORD_ENTRY)).isEqualTo(2 * MESSAGES + NOTES);
    }

    @Test
    void what_claims_to_be_older_than_its_chain_or_younger_is_found() throws Exception {
        chaining(RecordChainingTest::never).run();
        Instant begun = sql.fetchValue(RECORD_HEAD.BEGUN_AT, RECORD_HEAD.THREAD_ID.eq(alice.value()));
        sql.update(RECORD_HEAD)
                .set(RECORD_HEAD.BEGUN_AT, begun.minusSeconds(86_400))
                .where(RECORD_HEAD.THREAD_ID.eq(alice.value()))
                .execute();
        assertThat(verify().findings()).singleElement().satisfies(finding -> assertThat(finding.sentence())
                .contains("number 1", alice.value().toString()));
    }

    @Test
    void a_thread_that_is_added_later_is_chained_from_its_first_message() throws Exception {
        chaining(RecordChainingTest::never).run();
        assertThat(sql.fetchCount(THREAD)).isEqualTo(2);
        UUID later = UUID.randomUUID();
        sql.execute(
                "insert into thread (id, therapist_id, address, client_address_sealed, client_address_mac,"
                        + " client_name_sealed) select {0}, therapist_id, 'later@practice.example', '\\x03', '\\x03',"
                        + " '\\x03' from thread limit 1",
                DSL.val(later));
        assertThat(database.transact(RuntimeException.class, tx -> new RecordChain(key).lock(tx, new ThreadId(later)))
                        .lockedAt())
                .isNotNull();
        assertThat(verify().findings()).isEmpty();
    }

    private boolean run() {
        try {
            return new RecordChaining(database, key, line -> {}, () -> false).run();
        } catch (CannotTellException away) {
            throw new IllegalStateException(away);
        }
    }

    private RecordChaining chaining(BooleanSupplier stopped) {
        return new RecordChaining(database, key, told::add, stopped);
    }

    private static boolean never() {
        return false;
    }

    private RecordReport verify() throws CannotTellException {
        return new RecordVerification(database, key).verify(Optional.empty(), compared -> {});
    }

    private void messages(@Nullable UUID thread, String direction, int count) {
        sql.execute(
                "insert into message (id, thread_id, direction, accepted_at, size, header_size, header_packet,"
                        + " data_packet) select gen_random_uuid(), {0}, {1}, timestamptz '2026-01-05 09:00Z' + n *"
                        + " interval '1 minute', 100, 10, sha256(n::text::bytea), sha256(('data' || n)::bytea) from"
                        + " generate_series(1, {2}) n",
                DSL.val(thread, UUID.class), DSL.val(direction), DSL.val(count));
    }
}
