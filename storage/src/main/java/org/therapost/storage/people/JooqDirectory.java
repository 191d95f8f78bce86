package org.therapost.storage.people;

import static org.jooq.impl.DSL.field;
import static org.therapost.storage.generated.Tables.ACTIVATION;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.DSLContext;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.Refusal;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.Destination;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;

/** The directory in PostgreSQL. */
public final class JooqDirectory implements Directory {

    private final Database database;
    private final PeopleRows people;

    public JooqDirectory(Database database, ServerKey serverKey, EquivalentAddresses equivalentAddresses) {
        this.database = database;
        this.people = new PeopleRows(serverKey, equivalentAddresses);
    }

    @Override
    public Destination resolve(EmailAddress address) throws RefusedException, CannotTellException {
        Optional<Destination> thread =
                database.ask(on -> people.thread(on, address).map(Destination.ToThread::new));
        if (thread.isPresent()) {
            return thread.get();
        }
        Optional<Destination> therapist =
                database.ask(on -> people.therapist(on, address).map(Destination.ToTherapist::new));
        if (therapist.isEmpty() && database.ask(on -> waits(on, address))) {
            // There is no key yet to which mail could be sealed; the sender tries again.
            throw new CannotTellException("this therapist has not activated the login yet");
        }
        return therapist.orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_RECIPIENT));
    }

    /** Whether a therapist was added under this address who can still activate the login. */
    private static boolean waits(DSLContext on, EmailAddress address) {
        return on.fetchExists(
                ACTIVATION,
                ACTIVATION.USERNAME.eq(address.canonical()),
                ACTIVATION.USED_AT.isNull(),
                ACTIVATION.EXPIRES_AT.gt(field("clock_timestamp()", Instant.class)));
    }

    @Override
    public Therapist therapist(EmailAddress account) throws RefusedException, CannotTellException {
        return database.ask(on -> people.therapist(on, account))
                .orElseThrow(() -> new RefusedException(Refusal.NOT_SELF));
    }

    @Override
    public List<ClientThread> threadsWith(EmailAddress client, EmailAddress account) throws CannotTellException {
        return people.threads(database, client, account);
    }

    @Override
    public ThreadList threadsOf(Therapist therapist) throws CannotTellException {
        return people.threads(database, therapist.id());
    }

    @Override
    public boolean isOfSomebodyEnrolled(EmailAddress address) throws CannotTellException {
        return people.isKnown(database, address);
    }

    @Override
    public ClientThread thread(ThreadId id) throws RefusedException, CannotTellException {
        return database.ask(on -> people.thread(on, id))
                .orElseThrow(() -> new RefusedException(Refusal.UNKNOWN_RECIPIENT));
    }
}
