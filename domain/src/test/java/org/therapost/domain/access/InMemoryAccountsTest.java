package org.therapost.domain.access;

import java.time.Clock;

class InMemoryAccountsTest extends AccountsContract {

    private final InMemoryAccounts accounts = new InMemoryAccounts(Clock.systemUTC())
            .with(DR_BLOOM, true, PASSWORD)
            .with(DR_KLEE, true, PASSWORD);

    @Override
    protected Accounts accounts() {
        return accounts;
    }

    @Override
    protected WaysIn waysIn() {
        return accounts;
    }
}
