package org.therapost.storage.people;

import static org.therapost.storage.generated.Tables.THREAD_KEY_SHARE;

import java.util.Optional;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.postgres.Database;

/** The shares of thread keys in PostgreSQL. */
public final class JooqKeyShares implements KeyShares {

    private final Database database;

    public JooqKeyShares(Database database) {
        this.database = database;
    }

    @Override
    public Optional<SealedKey> find(long threadKeyId, long readerKeyId) {
        return database.sql()
                .select(THREAD_KEY_SHARE.SEALED_SECRET)
                .from(THREAD_KEY_SHARE)
                .where(THREAD_KEY_SHARE.KEY_ID.eq(threadKeyId), THREAD_KEY_SHARE.READER_KEY_ID.eq(readerKeyId))
                .limit(1)
                .fetchOptional(row -> new SealedKey(readerKeyId, row.value1()));
    }
}
