package org.therapost.storage.people;

import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.select;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.RECORD_ENTRY;
import static org.therapost.storage.generated.Tables.RECORD_HEAD;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.Record;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.record.ChangedRows;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;

/** Wrong rows in PostgreSQL. Of messages a therapist sees at their place what they are; those are not told again. */
public final class JooqChangedRows implements ChangedRows {

    private static final int AT_A_TIME = 100;

    private static final Condition UNTOLD = WRONG_ROW
            .TOLD_AT
            .isNull()
            .and(WRONG_ROW.TABLE_NAME.notIn(MESSAGE.getName(), RECORD_ENTRY.getName(), RECORD_HEAD.getName()));

    private final Database database;
    private final PeopleRows people;

    public JooqChangedRows(Database database, ServerKey serverKey) {
        this.database = database;
        this.people = new PeopleRows(serverKey, EquivalentAddresses.NONE);
    }

    @Override
    public List<Changed> untold() throws CannotTellException {
        return database.ask(
                on -> PeopleRows.ofThreads(
                                on,
                                THREAD.ID.in(select(WRONG_ROW.THREAD_ID)
                                        .from(WRONG_ROW)
                                        .where(UNTOLD)),
                                AT_A_TIME)
                        .stream()
                        .flatMap(row -> changed(row).stream())
                        .toList());
    }

    /** Empty if the therapist's own certificate was changed: no note can be sealed, and operators are told. */
    private Optional<Changed> changed(Record row) {
        try {
            return Optional.of(new Changed(
                    new ThreadId(row.get(THREAD.ID)), EmailAddress.of(row.get(THREAD.ADDRESS)), people.therapist(row)));
        } catch (ChangedRowException changed) {
            WrongRows.report(database, changed.wrong());
            return Optional.empty();
        }
    }

    @Override
    public void told(ThreadId thread) throws CannotTellException {
        database.ask(on -> on.update(WRONG_ROW)
                .set(WRONG_ROW.TOLD_AT, field("clock_timestamp()", Instant.class))
                .where(UNTOLD, WRONG_ROW.THREAD_ID.eq(thread.value()))
                .execute());
    }
}
