package org.therapost.storage.enrolment;

import static org.therapost.storage.generated.Tables.PRACTICE;

import java.util.List;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.people.PeopleRows;
import org.therapost.storage.postgres.Database;

/** The roll, from the tables of practices and therapists. */
public final class JooqEnrolledPeople implements EnrolledPeople {

    private final Database database;
    private final PeopleRows people;

    public JooqEnrolledPeople(Database database, ServerKey serverKey) {
        this.database = database;
        this.people = new PeopleRows(serverKey, EquivalentAddresses.NONE);
    }

    @Override
    public List<Practice> practices() throws CannotTellException {
        return database.ask(on -> on.select(PRACTICE.ID, PRACTICE.DOMAIN)
                .from(PRACTICE)
                .orderBy(PRACTICE.DOMAIN)
                .fetch(row -> new Practice(new PracticeId(row.get(PRACTICE.ID)), row.get(PRACTICE.DOMAIN))));
    }

    @Override
    public List<Therapist> therapists() throws CannotTellException {
        return database.ask(people::therapists);
    }
}
