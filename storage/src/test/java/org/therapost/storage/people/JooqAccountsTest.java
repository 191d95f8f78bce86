package org.therapost.storage.people;

import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
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

    private final Database database = TestDatabase.emptied();
    private final PracticeId practice = new PracticeId(UUID.randomUUID());

    @BeforeEach
    void enrol() throws Exception {
        ServerKey serverKey = new ServerKey(new byte[ServerKey.SIZE]);
        new JooqEnrolmentRegister(database, serverKey)
                .add(
                        new Practice(practice, "practice.example"),
                        new SigningKey("practice.example", "tp1", OCTETS, OCTETS));
        for (EmailAddress login : new EmailAddress[] {DR_BLOOM, DR_KLEE}) {
            TherapistRows.add(
                    database,
                    serverKey,
                    new Therapist(
                            new TherapistId(UUID.randomUUID()),
                            practice,
                            login,
                            "Dr " + login.localPart(),
                            Custody.LOGIN,
                            new Certificate(OCTETS)),
                    PASSWORD);
        }
    }

    @Override
    protected Accounts accounts() {
        return new JooqAccounts(database);
    }

    @Override
    protected WaysIn waysIn() {
        return new JooqWaysIn(database);
    }
}
