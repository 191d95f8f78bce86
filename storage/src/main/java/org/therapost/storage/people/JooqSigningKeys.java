package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.PRACTICE;

import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;

/** The practices' signing keys in PostgreSQL, private halves sealed with the server key. */
public final class JooqSigningKeys implements SigningKeys {

    private final Database database;
    private final ServerKey serverKey;

    public JooqSigningKeys(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
    }

    @Override
    public SigningKey of(PracticeId practice) throws CannotTellException {
        return database.ask(on -> on.select(
                                PRACTICE.DOMAIN,
                                PRACTICE.DKIM_SELECTOR,
                                PRACTICE.DKIM_PRIVATE_SEALED,
                                PRACTICE.DKIM_PUBLIC)
                        .from(PRACTICE)
                        .where(PRACTICE.ID.eq(practice.value()))
                        .fetchOptional(row -> new SigningKey(
                                row.value1(),
                                row.value2(),
                                SealedColumns.DKIM_KEY.read(serverKey, row.value3(), practice.value()),
                                row.value4())))
                .orElseThrow(() -> new CannotTellException("the practice has no signing key"));
    }
}
