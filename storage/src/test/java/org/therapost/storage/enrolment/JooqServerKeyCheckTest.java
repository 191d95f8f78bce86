package org.therapost.storage.enrolment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.SPOOL_KEY_CHECK;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.Database;

class JooqServerKeyCheckTest {

    private final ServerKey first = new ServerKey(ServerKey.generate());
    private final ServerKey second = new ServerKey(ServerKey.generate());
    private Database database;
    private JooqServerKeyCheck check;

    @BeforeEach
    void an_empty_database() {
        database = TestDatabase.emptied();
        check = new JooqServerKeyCheck(database);
    }

    @Test
    void the_first_key_is_the_database_s_own_and_every_other_is_told_apart() throws Exception {
        assertThat(check.taken()).isFalse();
        assertThat(check.check(first).same()).isTrue();
        assertThat(check.taken()).isTrue();
        assertThat(check.check(first).same()).isTrue();
        JooqServerKeyCheck.Finding other = check.check(second);
        assertThat(other.same()).isFalse();
        assertThat(other.database()).hasSize(8).isNotEqualTo(other.offered());
    }

    @Test
    void a_database_of_an_earlier_version_takes_only_the_key_that_opens_what_was_sealed_first() throws Exception {
        practice("first.example", first);
        // A server with a key of its own was at work here as well.
        practice("second.example", second);
        assertThat(check.taken()).isTrue();
        assertThat(check.check(second).same()).isFalse();
        assertThat(database.sql().fetchCount(SPOOL_KEY_CHECK)).isZero();
        assertThat(check.check(first).same()).isTrue();
        assertThat(check.check(second).same()).isFalse();
    }

    @Test
    void folders_without_a_practice_prove_a_key_too() throws Exception {
        database.sql()
                .insertInto(MAILBOX)
                .set(MAILBOX.ID, UUID.randomUUID())
                .set(MAILBOX.NAMESPACE, "#private")
                .set(MAILBOX.USERNAME, "bloom@practice.example")
                .set(MAILBOX.NAME_SEALED, first.sealUnbound("INBOX", SealingPurpose.FOLDER_NAME))
                .set(MAILBOX.NAME_MAC, first.pseudonym("INBOX", SealingPurpose.FOLDER_NAME))
                .set(MAILBOX.UID_VALIDITY, 1L)
                .execute();
        assertThat(check.check(second).same()).isFalse();
        assertThat(check.check(first).same()).isTrue();
    }

    @Test
    void of_many_servers_that_start_at_once_on_an_empty_database_one_has_the_right_key() throws Exception {
        int servers = 8;
        CyclicBarrier start = new CyclicBarrier(servers);
        ExecutorService threads = Executors.newFixedThreadPool(servers);
        try {
            List<Future<Boolean>> findings = new ArrayList<>();
            for (int i = 0; i < servers; i++) {
                ServerKey own = new ServerKey(ServerKey.generate());
                findings.add(threads.submit(() -> {
                    start.await();
                    return check.check(own).same();
                }));
            }
            int right = 0;
            for (Future<Boolean> finding : findings) {
                right += finding.get() ? 1 : 0;
            }
            assertThat(right).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    private void practice(String domain, ServerKey key) throws Exception {
        new JooqEnrolmentRegister(database, key)
                .add(
                        new Practice(new PracticeId(UUID.randomUUID()), domain),
                        new SigningKey(domain, "tp1", new byte[] {1}, new byte[] {2}));
        assertThat(database.sql().fetchExists(PRACTICE, PRACTICE.DOMAIN.eq(domain)))
                .isTrue();
    }
}
