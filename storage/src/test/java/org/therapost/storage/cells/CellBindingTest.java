package org.therapost.storage.cells;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.READING_NOTE;
import static org.therapost.storage.generated.Tables.SEALED_FOR_ROWS;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.ThreadRows;
import org.therapost.storage.generated.DefaultSchema;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ParcelRows;

/** What an earlier release sealed for any row is sealed for its own row, once, however often that has to begin. */
class CellBindingTest {

    private static final int FOLDERS = 1100;

    private final ServerKey key = new ServerKey(ServerKey.generate());
    private final List<String> told = new ArrayList<>();
    private Database database;
    private DSLContext sql;
    private ThreadId alice;
    private UUID letter;

    @BeforeEach
    void an_earlier_release_has_sealed_values() {
        database = TestDatabase.emptied();
        sql = database.sql();
        alice = ThreadRows.insert(sql);
        sql.update(THREAD)
                .set(THREAD.CLIENT_ADDRESS_SEALED, key.sealUnbound("alice@x.example", SealingPurpose.CLIENT_ADDRESS))
                .set(THREAD.CLIENT_NAME_SEALED, key.sealUnbound("Alice", SealingPurpose.CLIENT_NAME))
                .execute();
        sql.update(PRACTICE)
                .set(PRACTICE.DKIM_PRIVATE_SEALED, key.sealUnbound("key", SealingPurpose.PRACTICE_DKIM_KEY))
                .execute();
        for (int i = 0; i < FOLDERS; i++) {
            sql.insertInto(MAILBOX)
                    .set(MAILBOX.ID, UUID.randomUUID())
                    .set(MAILBOX.NAMESPACE, "#private")
                    .set(MAILBOX.USERNAME, "dr.bloom@practice.example")
                    .set(MAILBOX.NAME_SEALED, key.sealUnbound("Folder " + i, SealingPurpose.FOLDER_NAME))
                    .set(MAILBOX.NAME_MAC, key.pseudonym("Folder " + i, SealingPurpose.FOLDER_NAME))
                    .set(MAILBOX.UID_VALIDITY, 1L)
                    .execute();
        }
        new ParcelRows(key).insert(sql, ThreadRows.answer(alice, Carriage.WAIT, "words"));
        sql.update(MAIL_QUEUE)
                .set(MAIL_QUEUE.CONTENT_SEALED, key.sealUnbound("words", SealingPurpose.QUEUE_CONTENT))
                .set(MAIL_QUEUE.ENVELOPE_SEALED, key.sealUnbound("{}", SealingPurpose.QUEUE_ENVELOPE))
                .execute();
        letter = UUID.randomUUID();
        sql.insertInto(MESSAGE)
                .set(MESSAGE.ID, letter)
                .set(MESSAGE.THREAD_ID, alice.value())
                .set(MESSAGE.DIRECTION, "from-client")
                .set(MESSAGE.SIZE, 100)
                .set(MESSAGE.HEADER_SIZE, 10)
                .set(MESSAGE.ENVELOPE_SEALED, key.sealUnbound("From: Alice", SealingPurpose.MESSAGE_ENVELOPE))
                .set(MESSAGE.HEADER_PACKET, new byte[10])
                .set(MESSAGE.DATA_PACKET, new byte[100])
                .execute();
    }

    @Test
    void every_column_of_sealed_values_is_known_and_so_is_what_names_its_rows() {
        List<Field<?>> sealed = DefaultSchema.DEFAULT_SCHEMA.getTables().stream()
                .flatMap(table -> Stream.of(table.fields()))
                .filter(field -> field.getName().endsWith("_sealed"))
                // Sealed with the thread's key, not with the server's.
                .filter(field -> !field.equals(READING_NOTE.SESSION_KEY_SEALED))
                .toList();
        assertThat(SealedColumns.ALL.stream().<Field<?>>map(SealedColumn::column))
                .containsAll(sealed);
        assertThat(SealedColumns.ALL)
                .allSatisfy(
                        column -> assertThat(column.key()).isNotEmpty().allSatisfy(part -> assertThat(part.getTable())
                                .isEqualTo(column.column().getTable())));
    }

    @Test
    void all_of_them_open_in_their_row_alone_from_then_on() throws Exception {
        byte[] before = sql.fetchValue(THREAD.CLIENT_ADDRESS_SEALED);
        CellBinding binding = new CellBinding(database, key, told::add);
        assertThat(binding.isAnythingLeft()).isTrue();
        binding.run();

        assertThat(binding.isAnythingLeft()).isFalse();
        assertThat(new CellVerification(database, key).verify(Optional.empty())).isEmpty();
        byte[] after = sql.fetchValue(THREAD.CLIENT_ADDRESS_SEALED);
        assertThat(SealedColumns.CLIENT_ADDRESS.openText(key, after, alice.value()))
                .isEqualTo("alice@x.example");
        assertThatThrownBy(() -> SealedColumns.CLIENT_ADDRESS.open(key, after, UUID.randomUUID()))
                .isInstanceOf(SealedException.class);
        assertThatThrownBy(() -> SealedColumns.CLIENT_ADDRESS.open(key, before, alice.value()))
                .isInstanceOf(SealedException.class);
        assertThat(SealedColumns.MESSAGE_ENVELOPE.openText(key, sql.fetchValue(MESSAGE.ENVELOPE_SEALED), letter))
                .isEqualTo("From: Alice");
        assertThat(told)
                .contains("sealed 1,100 values of mailbox.name_sealed for their rows")
                .contains("sealed 1 values of mail_queue.content_sealed for their rows");
        assertThat(database.ask(CellBinding::doneAt)).isPresent();
    }

    @Test
    void a_run_that_breaks_off_leaves_the_rest_to_the_next_one() throws Exception {
        assertThatThrownBy(() -> new CellBinding(database, key, line -> {
                            throw new IllegalStateException("broken off after " + line);
                        })
                        .run())
                .hasStackTraceContaining("broken off");
        assertThat(database.ask(CellBinding::doneAt)).isEmpty();
        assertThat(SealedColumns.CLIENT_ADDRESS.openText(
                        key, sql.fetchValue(THREAD.CLIENT_ADDRESS_SEALED), alice.value()))
                .isEqualTo("alice@x.example");

        new CellBinding(database, key, told::add).run();
        assertThat(told).noneMatch(line -> line.contains("client_address_sealed"));
        assertThat(new CellVerification(database, key).verify(Optional.empty())).isEmpty();
        assertThat(database.ask(CellBinding::doneAt)).isPresent();
    }

    @Test
    void of_two_processes_one_does_it_and_both_go_on_when_it_is_done() throws Exception {
        CompletableFuture<Void> one = CompletableFuture.runAsync(this::run);
        CompletableFuture<Void> two = CompletableFuture.runAsync(this::run);
        one.join();
        two.join();
        assertThat(sql.fetchCount(SEALED_FOR_ROWS)).isEqualTo(1);
        assertThat(new CellVerification(database, key).verify(Optional.empty())).isEmpty();
    }

    @Test
    void what_opens_in_neither_form_is_left_and_remembered_until_it_is_right() throws Exception {
        byte[] right = sql.fetchValue(THREAD.CLIENT_NAME_SEALED);
        sql.update(THREAD).set(THREAD.CLIENT_NAME_SEALED, new byte[] {1, 2, 3}).execute();
        run();
        assertThat(sql.fetchValue(THREAD.CLIENT_NAME_SEALED)).containsExactly(1, 2, 3);
        assertThat(sql.fetchSingle(WRONG_ROW).getThreadId()).isEqualTo(alice.value());
        assertThat(new CellVerification(database, key).verify(Optional.of(alice)))
                .singleElement()
                .satisfies(wrong -> assertThat(wrong.sentence())
                        .contains("thread", alice.value().toString(), "client_name_sealed"));

        sql.update(THREAD)
                .set(
                        THREAD.CLIENT_NAME_SEALED,
                        SealedColumns.CLIENT_NAME.seal(
                                key, key.openUnbound(right, SealingPurpose.CLIENT_NAME), alice.value()))
                .execute();
        assertThat(new CellVerification(database, key).verify(Optional.of(alice)))
                .isEmpty();
        assertThat(sql.fetchCount(WRONG_ROW)).isZero();
    }

    @Test
    void once_it_is_done_the_header_of_a_message_is_kept_as_all_of_it_is() throws Exception {
        run();
        assertThatThrownBy(() -> sql.update(MESSAGE)
                        .set(MESSAGE.ENVELOPE_SEALED, new byte[] {1})
                        .execute())
                .hasMessageContaining("only ever added to");
        sql.deleteFrom(SEALED_FOR_ROWS).execute();
        assertThatThrownBy(() -> sql.update(MESSAGE)
                        .set(MESSAGE.ENVELOPE_SEALED, new byte[] {1})
                        .set(MESSAGE.DIRECTION, DSL.inline("from-therapist"))
                        .execute())
                .hasMessageContaining("only ever added to");
    }

    private void run() {
        try {
            new CellBinding(database, key, line -> {}).run();
        } catch (CannotTellException away) {
            throw new IllegalStateException(away);
        }
    }
}
