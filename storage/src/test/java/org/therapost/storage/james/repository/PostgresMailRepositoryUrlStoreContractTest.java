package org.therapost.storage.james.repository;

import org.apache.james.mailrepository.MailRepositoryUrlStoreContract;
import org.apache.james.mailrepository.api.MailRepositoryUrlStore;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.therapost.storage.TestDatabase;

/** James's own contract of the list of repositories. */
class PostgresMailRepositoryUrlStoreContractTest implements MailRepositoryUrlStoreContract {

    @RegisterExtension
    static final ParameterResolver STORE = new ParameterResolver() {

        @Override
        public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
            return parameter.getParameter().getType() == MailRepositoryUrlStore.class;
        }

        @Override
        public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
            return new PostgresMailRepositoryUrlStore(TestDatabase.emptied());
        }
    };
}
