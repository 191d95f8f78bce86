package org.therapost.storage;

import static org.therapost.storage.generated.Tables.PRACTICE;

import java.util.List;
import org.therapost.domain.conversation.CannotTellException;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Roll;
import org.therapost.domain.people.Therapist;

/** The roll, from the tables of practices and therapists. */
public final class JooqRoll implements Roll {

    private final Database database;

    public JooqRoll(Database database) {
        this.database = database;
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
        return database.ask(People::therapists);
    }
}
