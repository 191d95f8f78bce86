package org.therapost.storage.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.util.Optional;
import java.util.UUID;
import org.jooq.DSLContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.AccountsContract;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.TestDatabase;
import org.therapost.storage.TherapistRows;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.postgres.Database;

class JooqAccountsTest extends AccountsContract {

    private static final byte[] OCTETS = {1, 2, 3};

    private final ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
    private final Database database = TestDatabase.emptied();
    private final PracticeId practice = new PracticeId(UUID.randomUUID());

    @BeforeEach
    void enrol() throws Exception {
        new JooqEnrolmentRegister(database, serverKey)
                .add(
                        new Practice(practice, "practice.example"),
                        new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        for (EmailAddress login : new EmailAddress[] {DR_BLOOM, DR_KLEE}) {
            TherapistRows.add(database, serverKey, therapist(login, Custody.LOGIN), PASSWORD);
        }
    }

    @Test
    void custody_own_is_believed_if_it_was_bound_and_not_if_somebody_wrote_it() throws Exception {
        EmailAddress lin = EmailAddress.of("lin@practice.example");
        TherapistRows.add(database, serverKey, therapist(lin, Custody.OWN), PASSWORD);
        assertThat(accounts().find(lin, Optional.empty()).orElseThrow().keyHere())
                .isFalse();

        DSLContext sql = database.sql();
        sql.execute("update therapist set custody = 'own' where address = ?", DR_BLOOM.canonical());
        sql.execute("update way_in set locked_key = null where username = ?", DR_BLOOM.canonical());
        assertThat(accounts().find(DR_BLOOM, Optional.empty()).orElseThrow().keyHere())
                .isTrue();
        assertThat(sql.fetchCount(WRONG_ROW)).isEqualTo(1);
        sql.execute(
                "update therapist b set binding = l.binding, certificate = l.certificate from therapist l"
                        + " where b.address = ? and l.address = ?",
                DR_BLOOM.canonical(),
                lin.canonical());
        assertThat(accounts().find(DR_BLOOM, Optional.empty()).orElseThrow().keyHere())
                .as("with the binding of somebody whose key is elsewhere")
                .isTrue();
        sql.execute("delete from therapist where address = ?", DR_BLOOM.canonical());
        assertThat(accounts().find(DR_BLOOM, Optional.empty()).orElseThrow().keyHere())
                .as("without a therapist")
                .isTrue();
    }

    private Therapist therapist(EmailAddress login, Custody custody) {
        return new Therapist(
                new TherapistId(UUID.randomUUID()),
                practice,
                login,
                "Dr " + login.localPart(),
                custody,
                new Certificate(OCTETS));
    }

    @Override
    protected Accounts accounts() {
        return new JooqAccounts(database, serverKey);
    }

    @Override
    protected WaysIn waysIn() {
        return new JooqWaysIn(database, serverKey);
    }
}
