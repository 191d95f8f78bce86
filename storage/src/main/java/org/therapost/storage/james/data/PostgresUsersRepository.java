package org.therapost.storage.james.data;

import org.apache.james.domainlist.api.DomainList;
import org.apache.james.user.lib.UsersRepositoryImpl;
import org.therapost.domain.sealing.keys.Passwords;
import org.therapost.storage.postgres.Database;

/** The accounts; a user name is an address unless it is configured otherwise. */
public final class PostgresUsersRepository extends UsersRepositoryImpl<PostgresUsersDAO> {

    public PostgresUsersRepository(DomainList domains, Database database, Passwords passwords) {
        super(domains, new PostgresUsersDAO(database, passwords));
        setEnableVirtualHosting(true);
    }
}
