package org.therapost.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.param;
import static org.jooq.impl.DSL.val;
import static org.therapost.storage.generated.Tables.MAILBOX;

import java.util.Map;
import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Select;
import org.jooq.exception.DataAccessException;
import org.junit.jupiter.api.Test;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.store.Folders;

class RenderedQueryTest {

    private static final UUID ID = UUID.fromString("6f1e2d3c-0000-4000-8000-000000000001");

    private final Database database = TestDatabase.emptied();
    private final RenderedQuery remembered =
            RenderedQuery.of(on -> query(on, param("user", MAILBOX.USERNAME), param("id", MAILBOX.ID)));

    private static Select<?> query(DSLContext on, Field<String> user, Field<UUID> id) {
        return on.select(MAILBOX.USERNAME, MAILBOX.LAST_UID, MAILBOX.NAME_SEALED)
                .from(MAILBOX)
                .where(
                        MAILBOX.USERNAME.eq(user).or(MAILBOX.ID.eq(id)),
                        MAILBOX.LAST_UID.plus(1).gt(0L));
    }

    @Test
    void the_text_that_is_run_is_the_one_that_would_be_rendered_now() {
        assertThat(remembered.sql())
                .isEqualTo(query(database.sql(), val("bloom"), val(ID)).getSQL());
    }

    @Test
    void it_finds_what_the_query_finds_each_time_with_other_values() {
        folder(ID, "bloom");
        folder(UUID.randomUUID(), "carter");
        for (String user : new String[] {"bloom", "carter", "nobody", "bloom"}) {
            assertThat(remembered.fetch(database.sql(), Map.of("user", user, "id", ID)))
                    .isEqualTo(query(database.sql(), val(user), val(ID)).fetch());
        }
    }

    @Test
    void a_value_that_is_missing_is_noticed_and_not_taken_for_null() {
        assertThatThrownBy(() -> remembered.fetch(database.sql(), Map.of("user", "bloom")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("id");
    }

    @Test
    void two_parameters_of_one_name_are_refused() {
        assertThatThrownBy(() -> RenderedQuery.of(on -> on.selectFrom(MAILBOX)
                        .where(MAILBOX.ID.eq(param("id", MAILBOX.ID)).or(MAILBOX.ID.ne(param("id", MAILBOX.ID))))))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void an_error_of_the_database_has_its_state_and_words() {
        RenderedQuery wrong = RenderedQuery.of(on -> on.select(field("1 / (0 * length({0}))", param("text", ""))));
        assertThatThrownBy(() -> wrong.fetch(database.sql(), Map.of("text", "x")))
                .isInstanceOfSatisfying(DataAccessException.class, failed -> {
                    assertThat(failed.sqlState()).isEqualTo("22012");
                    assertThat(failed).hasMessageContaining("division by zero");
                });
    }

    private void folder(UUID id, String user) {
        database.sql()
                .insertInto(MAILBOX)
                .set(MAILBOX.ID, id)
                .set(MAILBOX.NAMESPACE, Folders.NAMESPACE)
                .set(MAILBOX.USERNAME, user)
                .set(MAILBOX.NAME_SEALED, new byte[] {1})
                .set(MAILBOX.NAME_MAC, new byte[] {(byte) user.length()})
                .set(MAILBOX.UID_VALIDITY, 7L)
                .execute();
    }
}
