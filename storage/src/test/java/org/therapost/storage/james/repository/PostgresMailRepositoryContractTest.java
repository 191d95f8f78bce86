package org.therapost.storage.james.repository;

import org.apache.james.mailrepository.MailRepositoryContract;
import org.apache.james.mailrepository.api.MailRepository;
import org.apache.james.mailrepository.api.MailRepositoryPath;
import org.apache.james.mailrepository.api.MailRepositoryUrl;
import org.junit.jupiter.api.BeforeEach;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.Database;

/** James's own contract of a mail repository. */
class PostgresMailRepositoryContractTest implements MailRepositoryContract {

    private PostgresMailRepositoryFactory factory;

    @BeforeEach
    void create() {
        Database database = TestDatabase.emptied();
        factory = new PostgresMailRepositoryFactory(database, new ServerKey(ServerKey.generate()));
    }

    @Override
    public MailRepository retrieveRepository() {
        return retrieveRepository(MailRepositoryPath.from("var/mail/error"));
    }

    @Override
    public MailRepository retrieveRepository(MailRepositoryPath path) {
        return factory.create(MailRepositoryUrl.fromPathAndProtocol(SealedMailRepositoryStore.SEALED, path));
    }
}
