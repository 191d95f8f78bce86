package org.therapost.storage.enrolment;

import static org.therapost.storage.generated.Tables.CLIENT_MAILBOX;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;

import java.util.UUID;
import org.jooq.DSLContext;
import org.jooq.Record3;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.ClientMailboxRegister;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.people.PeopleRows;
import org.therapost.storage.people.StoredMailboxAddress;
import org.therapost.storage.postgres.Database;

/** Clients' mailboxes in PostgreSQL: the primary one in {@code thread}, further ones in {@code client_mailbox}. */
public final class JooqClientMailboxRegister implements ClientMailboxRegister {

    private final Database database;
    private final ServerKey serverKey;
    private final PeopleRows people;

    public JooqClientMailboxRegister(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
        this.people = new PeopleRows(serverKey, EquivalentAddresses.NONE);
    }

    @Override
    public void add(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException {
        byte[] pseudonym = pseudonym(mailbox);
        boolean added = database.ask(on -> on.transactionResult(tx -> {
            DSLContext sql = tx.dsl();
            UUID therapist = locked(sql, thread);
            if (isPrimary(sql, therapist, pseudonym)) {
                return false;
            }
            return sql.insertInto(CLIENT_MAILBOX)
                            .columns(
                                    CLIENT_MAILBOX.THREAD_ID,
                                    CLIENT_MAILBOX.THERAPIST_ID,
                                    CLIENT_MAILBOX.ADDRESS_SEALED,
                                    CLIENT_MAILBOX.ADDRESS_MAC)
                            .values(
                                    thread.value(),
                                    therapist,
                                    SealedColumns.FURTHER_ADDRESS.seal(
                                            serverKey, mailbox.value(), thread.value(), pseudonym),
                                    pseudonym)
                            .onConflictDoNothing()
                            .execute()
                    == 1;
        }));
        if (!added) {
            throw new EnrolmentException("this mailbox is enrolled with this therapist already");
        }
    }

    @Override
    public void remove(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException {
        int removed = database.ask(on -> on.deleteFrom(CLIENT_MAILBOX)
                .where(CLIENT_MAILBOX.THREAD_ID.eq(thread.value()), CLIENT_MAILBOX.ADDRESS_MAC.eq(pseudonym(mailbox)))
                .execute());
        if (removed == 0) {
            throw notEnrolled();
        }
    }

    @Override
    public void makePrimary(ThreadId thread, EmailAddress mailbox) throws EnrolmentException, CannotTellException {
        boolean changed = database.ask(on -> on.transactionResult(tx -> swap(tx.dsl(), thread, pseudonym(mailbox))));
        if (!changed) {
            throw notEnrolled();
        }
    }

    private boolean swap(DSLContext sql, ThreadId thread, byte[] pseudonym) {
        locked(sql, thread);
        Record3<UUID, byte[], byte[]> before = sql.select(
                        THREAD.THERAPIST_ID, THREAD.CLIENT_ADDRESS_SEALED, THREAD.CLIENT_ADDRESS_MAC)
                .from(THREAD)
                .where(THREAD.ID.eq(thread.value()))
                .fetchSingle();
        byte[] sealed = sql.deleteFrom(CLIENT_MAILBOX)
                .where(CLIENT_MAILBOX.THREAD_ID.eq(thread.value()), CLIENT_MAILBOX.ADDRESS_MAC.eq(pseudonym))
                .returningResult(CLIENT_MAILBOX.ADDRESS_SEALED)
                .fetchOne(CLIENT_MAILBOX.ADDRESS_SEALED);
        if (sealed == null) {
            return false;
        }
        String primary = people.address(thread.value(), before.value2());
        String next = SealedColumns.FURTHER_ADDRESS.readText(serverKey, sealed, thread.value(), pseudonym);
        sql.update(THREAD)
                .set(THREAD.CLIENT_ADDRESS_SEALED, SealedColumns.CLIENT_ADDRESS.seal(serverKey, next, thread.value()))
                .set(THREAD.CLIENT_ADDRESS_MAC, pseudonym)
                .setNull(THREAD.UNREACHABLE_TOLD_AT)
                .where(THREAD.ID.eq(thread.value()))
                .execute();
        // One that is refused now is no mailbox from which the client could write: it goes.
        if (StoredMailboxAddress.read(primary).isPresent()) {
            sql.insertInto(CLIENT_MAILBOX)
                    .columns(
                            CLIENT_MAILBOX.THREAD_ID,
                            CLIENT_MAILBOX.THERAPIST_ID,
                            CLIENT_MAILBOX.ADDRESS_SEALED,
                            CLIENT_MAILBOX.ADDRESS_MAC)
                    .values(
                            thread.value(),
                            before.value1(),
                            SealedColumns.FURTHER_ADDRESS.seal(serverKey, primary, thread.value(), before.value3()),
                            before.value3())
                    .execute();
        }
        return true;
    }

    /** The thread's therapist, whose clients nobody else changes until the transaction ends. */
    private static UUID locked(DSLContext sql, ThreadId thread) {
        return sql.select(THERAPIST.ID)
                .from(THERAPIST)
                .join(THREAD)
                .on(THREAD.THERAPIST_ID.eq(THERAPIST.ID))
                .where(THREAD.ID.eq(thread.value()))
                .forUpdate()
                .of(THERAPIST)
                .fetchSingle(THERAPIST.ID);
    }

    /** Whether it is the primary mailbox of a client of that therapist. */
    private static boolean isPrimary(DSLContext sql, UUID therapist, byte[] pseudonym) {
        return sql.fetchExists(THREAD, THREAD.THERAPIST_ID.eq(therapist), THREAD.CLIENT_ADDRESS_MAC.eq(pseudonym));
    }

    /** Whether it is a further mailbox of a client of that therapist; locks the therapist's clients. */
    static boolean isFurther(DSLContext sql, UUID therapist, byte[] pseudonym) {
        sql.select(THERAPIST.ID)
                .from(THERAPIST)
                .where(THERAPIST.ID.eq(therapist))
                .forUpdate()
                .fetch();
        return sql.fetchExists(
                CLIENT_MAILBOX, CLIENT_MAILBOX.THERAPIST_ID.eq(therapist), CLIENT_MAILBOX.ADDRESS_MAC.eq(pseudonym));
    }

    private byte[] pseudonym(EmailAddress mailbox) {
        return serverKey.pseudonym(mailbox.canonical(), SealingPurpose.CLIENT_ADDRESS);
    }

    private static EnrolmentException notEnrolled() {
        return new EnrolmentException("this is not one of the client's mailboxes");
    }
}
