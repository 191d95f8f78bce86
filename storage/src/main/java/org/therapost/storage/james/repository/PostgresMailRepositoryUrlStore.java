package org.therapost.storage.james.repository;

import static org.therapost.storage.generated.Tables.MAIL_REPOSITORY;

import java.util.stream.Stream;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.therapost.storage.postgres.Database;

/** Which repositories have ever been used. */
public final class PostgresMailRepositoryUrlStore implements MailRepositoryUrlStore {

    private final Database database;

    public PostgresMailRepositoryUrlStore(Database database) {
        this.database = database;
    }

    @Override
    public void add(MailRepositoryUrl url) {
        database.sql()
                .insertInto(MAIL_REPOSITORY)
                .set(MAIL_REPOSITORY.PATH, url.asString())
                .onConflictDoNothing()
                .execute();
    }

    @Override
    public Stream<MailRepositoryUrl> listDistinct() {
        return database
                .sql()
                .select(MAIL_REPOSITORY.PATH)
                .from(MAIL_REPOSITORY)
                .orderBy(MAIL_REPOSITORY.PATH)
                .fetch(row -> MailRepositoryUrl.from(row.value1()))
                .stream();
    }

    @Override
    public boolean contains(MailRepositoryUrl url) {
        return database.sql().fetchExists(MAIL_REPOSITORY, MAIL_REPOSITORY.PATH.eq(url.asString()));
    }
}
