package org.therapost.storage.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/** MALLORY, who changes rows, also keeps them from being remembered. */
class WrongRowsTest {

    private static final WrongRow WRONG = new WrongRow("thread", "1", "changed", Optional.empty(), Optional.empty());

    private final Database database = TestDatabase.emptied();

    @Test
    void a_row_that_the_database_does_not_remember_counts_until_it_does() {
        database.sql().execute("create rule forgetful as on insert to wrong_row do instead nothing");
        try {
            WrongRows.report(database, WRONG);
            WrongRows.report(database, WRONG);
            assertThat(database.sql().fetchCount(WRONG_ROW)).isZero();
            assertThat(database.unremembered()).isEqualTo(1);
        } finally {
            database.sql().execute("drop rule forgetful on wrong_row");
        }
        WrongRows.report(database, WRONG);
        assertThat(database.sql().fetchCount(WRONG_ROW)).isEqualTo(1);
        assertThat(database.unremembered()).isZero();
        WrongRows.report(database, WRONG);
        assertThat(database.unremembered()).as("known before").isZero();
    }
}
