package org.therapost.storage.james.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.core.Username;
import org.apache.james.user.api.UsersRepository;
import org.apache.james.user.lib.UsersRepositoryContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.generated.Tables;
import org.therapost.storage.postgres.Database;

/** James's own contracts of a repository of users, with addresses and with bare names. */
class PostgresUsersRepositoryContractTest {

    private static PostgresUsersRepository repository(
            UsersRepositoryContract.TestSystem system, Optional<Username> administrator, boolean addresses)
            throws Exception {
        BaseHierarchicalConfiguration configuration = new BaseHierarchicalConfiguration();
        administrator.ifPresent(name -> configuration.addProperty("administratorId", name.asString()));
        configuration.addProperty("enableVirtualHosting", addresses);
        PostgresUsersRepository repository =
                new PostgresUsersRepository(system.getDomainList(), TestDatabase.shared(), new InMemoryPasswords());
        repository.configure(configuration);
        return repository;
    }

    @Nested
    class WithAddresses implements UsersRepositoryContract.WithVirtualHostingContract {

        @RegisterExtension
        UserRepositoryExtension extension = UserRepositoryExtension.withVirtualHost();

        private TestSystem system;
        private PostgresUsersRepository repository;

        @BeforeEach
        void create(TestSystem given) throws Exception {
            TestDatabase.emptied();
            system = given;
            repository = repository(given, Optional.empty(), true);
        }

        @Override
        public UsersRepository testee() {
            return repository;
        }

        @Override
        public UsersRepository testee(Optional<Username> administrator) throws Exception {
            return repository(system, administrator, true);
        }

        @Test
        void a_password_is_stored_as_what_the_port_made_of_it() throws Exception {
            Database database = TestDatabase.shared();
            repository.addUser(Username.of("dr.bloom@james.org"), "Marker-Password");
            String stored = database.sql().fetchSingle(Tables.WAY_IN).getRecord();
            assertThat(stored).startsWith("$").doesNotContain("Marker");
        }
    }

    @Nested
    class WithBareNames implements UsersRepositoryContract.WithOutVirtualHostingContract {

        @RegisterExtension
        UserRepositoryExtension extension = UserRepositoryExtension.withoutVirtualHosting();

        private TestSystem system;
        private PostgresUsersRepository repository;

        @BeforeEach
        void create(TestSystem given) throws Exception {
            TestDatabase.emptied();
            system = given;
            repository = repository(given, Optional.empty(), false);
        }

        @Override
        public UsersRepository testee() {
            return repository;
        }

        @Override
        public UsersRepository testee(Optional<Username> administrator) throws Exception {
            return repository(system, administrator, false);
        }
    }
}
