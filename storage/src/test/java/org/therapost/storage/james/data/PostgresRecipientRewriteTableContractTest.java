package org.therapost.storage.james.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.commons.configuration2.BaseHierarchicalConfiguration;
import org.apache.james.UserEntityValidator;
import org.apache.james.core.Domain;
import org.apache.james.core.Username;
import org.apache.james.domainlist.api.DomainList;
import org.apache.james.domainlist.api.mock.SimpleDomainList;
import org.apache.james.rrt.api.AliasReverseResolver;
import org.apache.james.rrt.api.CanSendFrom;
import org.apache.james.rrt.api.RecipientRewriteTableConfiguration;
import org.apache.james.rrt.lib.AbstractRecipientRewriteTable;
import org.apache.james.rrt.lib.AliasReverseResolverContract;
import org.apache.james.rrt.lib.AliasReverseResolverImpl;
import org.apache.james.rrt.lib.CanSendFromContract;
import org.apache.james.rrt.lib.CanSendFromImpl;
import org.apache.james.rrt.lib.Mapping;
import org.apache.james.rrt.lib.MappingSource;
import org.apache.james.rrt.lib.RecipientRewriteTableContract;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.therapost.domain.sealing.InMemoryPasswords;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.generated.Tables;

/** James's own contracts of the recipient rewrite table, and of what James builds on it. */
class PostgresRecipientRewriteTableContractTest {

    private static PostgresRecipientRewriteTable table(DomainList domains) throws Exception {
        PostgresUsersRepository users =
                new PostgresUsersRepository(domains, TestDatabase.emptied(), new InMemoryPasswords());
        BaseHierarchicalConfiguration withAddresses = new BaseHierarchicalConfiguration();
        withAddresses.addProperty("enableVirtualHosting", true);
        users.configure(withAddresses);
        PostgresRecipientRewriteTable table =
                new PostgresRecipientRewriteTable(TestDatabase.shared(), new ServerKey(ServerKey.generate()));
        table.setUsersRepository(users);
        table.setUserEntityValidator(UserEntityValidator.NOOP);
        return table;
    }

    private static PostgresRecipientRewriteTable table(Domain... names) throws Exception {
        SimpleDomainList domains = new SimpleDomainList();
        for (Domain name : names) {
            domains.addDomain(name);
        }
        PostgresRecipientRewriteTable table = table(domains);
        table.setDomainList(domains);
        table.setConfiguration(RecipientRewriteTableConfiguration.DEFAULT_ENABLED);
        return table;
    }

    @SuppressWarnings("NullAway") // set before the first test
    private static PostgresRecipientRewriteTable unset() {
        return null;
    }

    private static MappingSource source(Username user) {
        return MappingSource.fromUser(user.getLocalPart(), user.getDomainPart().orElseThrow());
    }

    @Nested
    class Table implements RecipientRewriteTableContract {

        private PostgresRecipientRewriteTable table = unset();

        @BeforeEach
        void begin() throws Exception {
            setUp();
        }

        @AfterEach
        void end() throws Exception {
            tearDown();
        }

        @Override
        public void createRecipientRewriteTable() throws Exception {
            table = table(new SimpleDomainList());
        }

        @Override
        public AbstractRecipientRewriteTable virtualUserTable() {
            return table;
        }
    }

    @Nested
    class Aliases implements AliasReverseResolverContract {

        private PostgresRecipientRewriteTable table;

        @BeforeEach
        void begin() throws Exception {
            table = table(DOMAIN, OTHER_DOMAIN);
        }

        @Override
        public AliasReverseResolver aliasReverseResolver() {
            return new AliasReverseResolverImpl(table);
        }

        @Override
        public void addAliasMapping(Username alias, Username user) throws Exception {
            table.addAliasMapping(source(alias), user.asString());
        }

        @Override
        public void addDomainAlias(Domain alias, Domain domain) throws Exception {
            table.addDomainAliasMapping(MappingSource.fromDomain(alias), domain);
        }

        @Override
        public void addGroupMapping(String group, Username user) throws Exception {
            table.addGroupMapping(MappingSource.fromUser(Username.of(group)), user.asString());
        }
    }

    @Nested
    class Senders implements CanSendFromContract {

        private PostgresRecipientRewriteTable table;

        @BeforeEach
        void begin() throws Exception {
            table = table(DOMAIN, OTHER_DOMAIN);
        }

        @Override
        public CanSendFrom canSendFrom() {
            return new CanSendFromImpl(table, new AliasReverseResolverImpl(table));
        }

        @Override
        public void addAliasMapping(Username alias, Username user) throws Exception {
            table.addAliasMapping(source(alias), user.asString());
        }

        @Override
        public void addDomainMapping(Domain alias, Domain domain, Mapping.Type type) throws Exception {
            if (type == Mapping.Type.Domain) {
                table.addDomainMapping(MappingSource.fromDomain(alias), domain);
            } else {
                table.addDomainAliasMapping(MappingSource.fromDomain(alias), domain);
            }
        }

        @Override
        public void addGroupMapping(String group, Username user) throws Exception {
            table.addGroupMapping(MappingSource.fromUser(Username.of(group)), user.asString());
        }
    }

    @Test
    void no_address_can_be_read_in_the_database() throws Exception {
        Domain practice = Domain.of("practice.example");
        table(practice)
                .addForwardMapping(
                        MappingSource.fromUser(Username.of("bloom@practice.example")), "alice@provider.example");
        String row = TestDatabase.shared()
                .sql()
                .selectFrom(Tables.RECIPIENT_REWRITE)
                .fetchSingle()
                .intoStream()
                .map(value -> new String((byte[]) value, StandardCharsets.ISO_8859_1))
                .reduce("", String::concat);
        assertThat(row).doesNotContain("alice", "bloom", "provider.example");
    }
}
