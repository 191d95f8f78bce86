package org.therapost.storage.enrolment;

import static org.jooq.impl.DSL.exists;
import static org.jooq.impl.DSL.field;
import static org.jooq.impl.DSL.max;
import static org.jooq.impl.DSL.selectCount;
import static org.jooq.impl.DSL.selectOne;
import static org.therapost.storage.generated.Tables.ACCOUNT;
import static org.therapost.storage.generated.Tables.ACTIVATION;
import static org.therapost.storage.generated.Tables.CLIENT_KEY;
import static org.therapost.storage.generated.Tables.MAIL_DOMAIN;
import static org.therapost.storage.generated.Tables.MAIL_QUEUE;
import static org.therapost.storage.generated.Tables.MESSAGE;
import static org.therapost.storage.generated.Tables.PRACTICE;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.THREAD_KEY_SHARE;
import static org.therapost.storage.generated.Tables.TLS_CONSENT;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.Carriage;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.enrolment.ThreadSummary;
import org.therapost.domain.people.ClientKeyStatus;
import org.therapost.domain.people.Practice;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.SigningKey;
import org.therapost.domain.record.CertificateBindings.ThreadCertificate;
import org.therapost.domain.sealing.SealingPurpose;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.people.BoundCertificates;
import org.therapost.storage.people.ClientKeyRows;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.queue.ExchangerPinRows;
import org.therapost.storage.queue.ParcelRows;
import org.therapost.storage.store.Folders;

/** The register in PostgreSQL. Uniqueness is the schema's business. */
public final class JooqEnrolmentRegister implements EnrolmentRegister {

    private final Database database;
    private final ServerKey serverKey;
    private final Folders folders;
    private final BoundCertificates certificates;

    public JooqEnrolmentRegister(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
        this.folders = new Folders(serverKey);
        this.certificates = new BoundCertificates(serverKey);
    }

    @Override
    public void add(Practice practice, SigningKey signingKey) throws EnrolmentException, CannotTellException {
        enrol("the practice is there already: " + practice.domain(), tx -> {
            tx.insertInto(MAIL_DOMAIN)
                    .columns(MAIL_DOMAIN.NAME)
                    .values(practice.domain())
                    .onConflictDoNothing()
                    .execute();
            tx.insertInto(PRACTICE)
                    .columns(
                            PRACTICE.ID,
                            PRACTICE.DOMAIN,
                            PRACTICE.DKIM_SELECTOR,
                            PRACTICE.DKIM_PRIVATE_SEALED,
                            PRACTICE.DKIM_PUBLIC)
                    .values(
                            practice.id().value(),
                            practice.domain(),
                            signingKey.selector(),
                            SealedColumns.DKIM_KEY.seal(
                                    serverKey,
                                    signingKey.privateKey(),
                                    practice.id().value()),
                            signingKey.publicKey())
                    .execute();
        });
    }

    @Override
    public Optional<Practice> practice(String domain) throws CannotTellException {
        return database.ask(on -> on.select(PRACTICE.ID, PRACTICE.DOMAIN)
                .from(PRACTICE)
                .where(PRACTICE.DOMAIN.eq(domain))
                .fetchOptional(row -> new Practice(new PracticeId(row.value1()), row.value2())));
    }

    @Override
    public void add(ClientThread thread, long threadKeyId, SealedKey share, SigningSubkey signing)
            throws EnrolmentException, CannotTellException {
        // The address is not repeated: operators' terminals and logs are not for clients' addresses.
        enrol("this therapist has that client already", tx -> {
            byte[] pseudonym =
                    serverKey.pseudonym(thread.client().address().canonical(), SealingPurpose.CLIENT_ADDRESS);
            if (JooqClientMailboxRegister.isFurther(tx, thread.therapist().id().value(), pseudonym)) {
                throw new IntegrityConstraintViolationException("a further mailbox of another client");
            }
            // The therapist knows the client by the name of the folder.
            String name = freeName(tx, thread, thread.client().name());
            UUID folder = folders.make(tx, thread.therapist().address(), Folders.ofClient(name));
            UUID id = thread.id().value();
            tx.insertInto(THREAD)
                    .columns(
                            THREAD.ID,
                            THREAD.THERAPIST_ID,
                            THREAD.ADDRESS,
                            THREAD.CLIENT_ADDRESS_SEALED,
                            THREAD.CLIENT_ADDRESS_MAC,
                            THREAD.CLIENT_NAME_SEALED,
                            THREAD.MAILBOX_ID)
                    .values(
                            id,
                            thread.therapist().id().value(),
                            thread.address().canonical(),
                            SealedColumns.CLIENT_ADDRESS.seal(
                                    serverKey, thread.client().address().value(), id),
                            pseudonym,
                            SealedColumns.CLIENT_NAME.seal(serverKey, name, id),
                            folder)
                    .execute();
            tx.insertInto(THREAD_KEY)
                    .columns(
                            THREAD_KEY.THREAD_ID,
                            THREAD_KEY.KEY_ID,
                            THREAD_KEY.CERTIFICATE,
                            THREAD_KEY.BINDING,
                            THREAD_KEY.SIGNING_SUBKEY_SEALED)
                    .values(
                            id,
                            threadKeyId,
                            thread.key().encoded(),
                            certificates.binding(new ThreadCertificate(
                                    thread.id(), thread.therapist().id(), thread.address(), threadKeyId, thread.key())),
                            SealedColumns.SIGNING_SUBKEY.seal(serverKey, signing.secret(), id, threadKeyId))
                    .execute();
            tx.insertInto(THREAD_KEY_SHARE)
                    .columns(
                            THREAD_KEY_SHARE.THREAD_ID,
                            THREAD_KEY_SHARE.KEY_ID,
                            THREAD_KEY_SHARE.READER_KEY_ID,
                            THREAD_KEY_SHARE.SEALED_SECRET)
                    .values(id, threadKeyId, share.readerKeyId(), share.octets())
                    .execute();
        });
    }

    // Two clients of one name must not share a folder: the second becomes "Alice 2".
    private String freeName(DSLContext tx, ClientThread thread, String name) {
        String free = name;
        for (int n = 2; folders.exists(tx, thread.therapist().address(), Folders.ofClient(free)); n++) {
            free = name + " " + n;
        }
        return free;
    }

    @Override
    public boolean taken(EmailAddress address) throws CannotTellException {
        String canonical = address.canonical();
        return database.ask(on -> on.fetchExists(ACCOUNT, ACCOUNT.USERNAME.eq(canonical))
                || on.fetchExists(THREAD, THREAD.ADDRESS.eq(canonical))
                || on.fetchExists(ACTIVATION, ACTIVATION.USERNAME.eq(canonical)));
    }

    @Override
    public void setTlsConsent(ThreadId thread, boolean given) throws CannotTellException {
        if (given) {
            database.ask(on -> on.insertInto(TLS_CONSENT)
                    .columns(TLS_CONSENT.THREAD_ID)
                    .values(thread.value())
                    .onConflictDoNothing()
                    .execute());
            return;
        }
        database.transact(tx -> {
            ExchangerPinRows.lock(tx, thread.value());
            ExchangerPinRows.forget(tx, thread);
            ParcelRows.holdBack(tx, thread);
            return tx.update(TLS_CONSENT)
                    .set(TLS_CONSENT.REVOKED_AT, field("clock_timestamp()", Instant.class))
                    .where(TLS_CONSENT.THREAD_ID.eq(thread.value()), TLS_CONSENT.REVOKED_AT.isNull())
                    .execute();
        });
    }

    @Override
    public List<ThreadSummary> threads() throws CannotTellException {
        Field<Integer> messages = field(selectCount().from(MESSAGE).where(MESSAGE.THREAD_ID.eq(THREAD.ID)))
                .as("messages");
        Field<Integer> waiting = field(selectCount()
                .from(MAIL_QUEUE)
                .where(MAIL_QUEUE.THREAD_ID.eq(THREAD.ID), MAIL_QUEUE.CARRIAGE.eq("wait")));
        Field<Instant> last = field(org.jooq
                .impl
                .DSL
                .select(max(MESSAGE.ACCEPTED_AT))
                .from(MESSAGE)
                .where(MESSAGE.THREAD_ID.eq(THREAD.ID)));
        Field<Boolean> tls = field(exists(selectOne()
                .from(TLS_CONSENT)
                .where(TLS_CONSENT.THREAD_ID.eq(THREAD.ID), TLS_CONSENT.REVOKED_AT.isNull())));
        return database.ask(on -> on.select(
                        THREAD.ID, THREAD.ADDRESS, THERAPIST.ADDRESS, tls, messages, waiting, THREAD.CREATED_AT, last)
                .select(ClientKeyRows.COLUMNS)
                .from(THREAD)
                .join(THERAPIST)
                .on(THERAPIST.ID.eq(THREAD.THERAPIST_ID))
                .leftJoin(CLIENT_KEY)
                .on(ClientKeyRows.ofThread())
                .orderBy(THREAD.CREATED_AT, THREAD.ID)
                .fetch(row -> new ThreadSummary(
                        new ThreadId(row.get(THREAD.ID)),
                        EmailAddress.of(row.get(THREAD.ADDRESS)),
                        EmailAddress.of(row.get(THERAPIST.ADDRESS)),
                        carriage(ClientKeyRows.status(row), row.get(tls)),
                        ClientKeyRows.status(row),
                        new ThreadSummary.Activity(
                                row.get(messages),
                                row.get(waiting),
                                row.get(THREAD.CREATED_AT),
                                Optional.ofNullable(row.get(last))))));
    }

    private static Carriage carriage(ClientKeyStatus key, boolean consent) {
        return switch (key) {
            case NOT_COMPARED, COMPARED, CHANGED -> Carriage.OPENPGP;
            case HELD_BACK -> Carriage.WAIT;
            case NONE, PENDING -> consent ? Carriage.TLS : Carriage.WAIT;
        };
    }

    private void enrol(String conflict, Consumer<DSLContext> work) throws EnrolmentException, CannotTellException {
        try {
            database.sql().transaction(transaction -> work.accept(transaction.dsl()));
        } catch (IntegrityConstraintViolationException taken) {
            throw new EnrolmentException(conflict);
        } catch (DataAccessException silent) {
            throw new CannotTellException("the database did not answer (" + silent.sqlState() + ")", silent);
        }
    }
}
