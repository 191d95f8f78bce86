package org.therapost.storage.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.CERTIFICATES_BOUND;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** Certificates that an earlier release put on file are bound once; later nobody's are. */
class CertificateBindingTest {

    private static final byte[] MALLORYS = {6, 6, 6};

    private final ServerKey key = new ServerKey(ServerKey.generate());
    private final List<String> told = new ArrayList<>();
    private Database database;
    private DSLContext sql;
    private ThreadId alice;
    private CertificateBinding binding;

    @BeforeEach
    void an_earlier_release_has_certificates() {
        database = TestDatabase.emptied();
        sql = database.sql();
        alice = ThreadRows.insert(sql);
        sql.insertInto(THREAD_KEY)
                .set(THREAD_KEY.THREAD_ID, alice.value())
                .set(THREAD_KEY.KEY_ID, 1L)
                .set(THREAD_KEY.CERTIFICATE, new byte[] {1, 2, 3})
                .execute();
        binding = new CertificateBinding(database, key);
    }

    @Test
    void they_are_bound_at_the_first_start_and_hold() throws Exception {
        assertThat(database.ask(CertificateBinding::isAnythingLeft)).isTrue();
        assertThat(binding.verify(Optional.empty())).hasSize(2);
        binding.run(told::add);
        assertThat(told).singleElement().asString().contains("bound 2 certificates");
        assertThat(database.ask(CertificateBinding::doneAt)).isPresent();
        assertThat(database.ask(CertificateBinding::isAnythingLeft)).isFalse();
        assertThat(binding.verify(Optional.empty())).isEmpty();
        assertThat(sql.fetchCount(WRONG_ROW)).as("forgotten").isZero();
    }

    @Test
    void what_is_put_there_later_is_bound_by_no_start_and_found() throws Exception {
        binding.run(told::add);
        sql.update(THREAD_KEY)
                .set(THREAD_KEY.CERTIFICATE, MALLORYS)
                .setNull(THREAD_KEY.BINDING)
                .execute();
        binding.run(told::add);
        assertThat(told).hasSize(1);
        assertThat(binding.verify(Optional.of(alice))).singleElement().satisfies(wrong -> assertThat(wrong.sentence())
                .contains("thread " + alice.value(), "table thread_key", "certificate"));
    }

    @Test
    void the_binding_of_one_owner_is_none_of_another() throws Exception {
        binding.run(told::add);
        byte[] ofTherapist = sql.fetchValue(THERAPIST.BINDING);
        sql.update(THREAD_KEY)
                .set(THREAD_KEY.CERTIFICATE, sql.fetchValue(THERAPIST.CERTIFICATE))
                .set(THREAD_KEY.BINDING, ofTherapist)
                .execute();
        assertThat(binding.verify(Optional.empty())).extracting(WrongRow::table).containsExactly("thread_key");
    }

    @Test
    void what_stands_in_clear_beside_a_certificate_is_bound_with_it() throws Exception {
        binding.run(told::add);
        for (String[] change : new String[][] {
            {"update therapist set custody = 'login'", "update therapist set custody = 'own'"},
            {
                "update thread set address = 'x7m2qx@practice.example'",
                "update thread set address = 'k7m2qx@practice.example'"
            },
            {"update thread_key set key_id = 2", "update thread_key set key_id = 1"},
        }) {
            assertThat(binding.verify(Optional.empty())).isEmpty();
            sql.execute(change[0]);
            assertThat(binding.verify(Optional.empty())).as(change[0]).isNotEmpty();
            sql.execute(change[1]);
        }
    }

    @Test
    void whoever_makes_it_look_as_if_nothing_had_been_bound_is_seen() throws Exception {
        binding.run(told::add);
        sql.deleteFrom(CERTIFICATES_BOUND).execute();
        assertThat(database.ask(CertificateBinding::doneAt)).isEmpty();
        assertThat(database.ask(CertificateBinding::isAnythingLeft)).isFalse();
        sql.update(THERAPIST)
                .set(THERAPIST.CERTIFICATE, MALLORYS)
                .setNull(THERAPIST.BINDING)
                .execute();
        assertThat(database.ask(CertificateBinding::isAnythingLeft))
                .as("so the server does not start")
                .isTrue();
    }
}
