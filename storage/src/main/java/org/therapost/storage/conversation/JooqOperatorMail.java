package org.therapost.storage.conversation;

import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY_ITEM;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.impl.DSL;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.office.OperatorMail;
import org.therapost.domain.sealing.MailContent;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/** Mail to the operators, in a repository of its own, sealed with the server key and bounded, since anybody may write it. */
public final class JooqOperatorMail implements OperatorMail {

    /** Mails that are kept at most. */
    static final int MAILS = 500;

    /** Octets that are kept at most. */
    static final long OCTETS = 64L * 1024 * 1024;

    private static final String PATH = SealedColumns.OPERATOR_PATH;
    private static final byte[] NO_ENVELOPE = new byte[0];

    private final Database database;
    private final ServerKey serverKey;

    public JooqOperatorMail(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
    }

    @Override
    public boolean keep(MailContent mail) throws CannotTellException {
        return database.ask(on -> {
            if (!hasRoom(on, mail.size())) {
                return false;
            }
            String id = UUID.randomUUID().toString();
            on.insertInto(MAIL_REPOSITORY_ITEM)
                    .set(MAIL_REPOSITORY_ITEM.PATH, PATH)
                    .set(MAIL_REPOSITORY_ITEM.KEY, id)
                    .set(MAIL_REPOSITORY_ITEM.SIZE, (long) mail.size())
                    .set(
                            MAIL_REPOSITORY_ITEM.ENVELOPE_SEALED,
                            SealedColumns.OPERATOR_ENVELOPE.seal(serverKey, NO_ENVELOPE, PATH, id))
                    .set(
                            MAIL_REPOSITORY_ITEM.CONTENT_SEALED,
                            SealedColumns.OPERATOR_CONTENT.seal(serverKey, mail.octets(), PATH, id))
                    .execute();
            return true;
        });
    }

    private static boolean hasRoom(DSLContext on, long size) {
        return on.select(DSL.count(), DSL.coalesce(DSL.sum(MAIL_REPOSITORY_ITEM.SIZE), DSL.inline(0)))
                .from(MAIL_REPOSITORY_ITEM)
                .where(here())
                .fetchSingle(row -> row.value1() < MAILS && row.value2().longValue() + size <= OCTETS);
    }

    @Override
    public List<Item> list() throws CannotTellException {
        return database.ask(
                on -> on.select(MAIL_REPOSITORY_ITEM.KEY, MAIL_REPOSITORY_ITEM.STORED_AT, MAIL_REPOSITORY_ITEM.SIZE)
                        .from(MAIL_REPOSITORY_ITEM)
                        .where(here())
                        .orderBy(MAIL_REPOSITORY_ITEM.STORED_AT, MAIL_REPOSITORY_ITEM.KEY)
                        .fetch(row -> new Item(UUID.fromString(row.value1()), row.value2(), row.value3())));
    }

    @Override
    public Optional<MailContent> read(UUID id) throws CannotTellException {
        return database.ask(on -> on.select(MAIL_REPOSITORY_ITEM.CONTENT_SEALED)
                .from(MAIL_REPOSITORY_ITEM)
                .where(here(id))
                .fetchOptional(row -> MailContent.of(
                        SealedColumns.OPERATOR_CONTENT.read(serverKey, row.value1(), PATH, id.toString()))));
    }

    @Override
    public boolean remove(UUID id) throws CannotTellException {
        return database.ask(on ->
                        on.deleteFrom(MAIL_REPOSITORY_ITEM).where(here(id)).execute())
                > 0;
    }

    private static Condition here() {
        return MAIL_REPOSITORY_ITEM.PATH.eq(PATH);
    }

    private static Condition here(UUID id) {
        return here().and(MAIL_REPOSITORY_ITEM.KEY.eq(id.toString()));
    }
}
