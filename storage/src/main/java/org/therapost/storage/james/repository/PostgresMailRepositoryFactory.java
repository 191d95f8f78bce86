package org.therapost.storage.james.repository;

import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryFactory;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.james.mail.MailSealer;
import org.therapost.storage.postgres.Database;

/** Makes repositories by URL. */
public final class PostgresMailRepositoryFactory implements MailRepositoryFactory {

    private final Database database;
    private final MailSealer sealer;

    public PostgresMailRepositoryFactory(Database database, ServerKey serverKey) {
        this.database = database;
        this.sealer = MailSealer.ofRepository(serverKey);
    }

    @Override
    public Class<? extends MailRepository> mailRepositoryClass() {
        return PostgresMailRepository.class;
    }

    @Override
    public PostgresMailRepository create(MailRepositoryUrl url) {
        return new PostgresMailRepository(database.sql(), sealer, url);
    }
}
