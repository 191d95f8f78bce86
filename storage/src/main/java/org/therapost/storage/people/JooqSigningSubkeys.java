package org.therapost.storage.people;

import static org.jooq.impl.DSL.field;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.THREAD_KEY_SHARE;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.record.CertificateBindings.ThreadCertificate;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.SigningSubkey;
import org.therapost.domain.sealing.keys.SealedKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;

/** The threads' signing subkeys in PostgreSQL, secret halves sealed with the server key. */
public final class JooqSigningSubkeys implements SigningSubkeys {

    private final Database database;
    private final ServerKey serverKey;
    private final BoundCertificates certificates;

    public JooqSigningSubkeys(Database database, ServerKey serverKey) {
        this.database = database;
        this.serverKey = serverKey;
        this.certificates = new BoundCertificates(serverKey);
    }

    @Override
    public Optional<SigningSubkey> of(ThreadId thread) throws CannotTellException {
        return database.ask(on -> on.select(BoundCertificates.THREADS)
                .select(THREAD_KEY.SIGNING_SUBKEY_SEALED)
                .from(THREAD_KEY)
                .join(THREAD)
                .on(THREAD.ID.eq(THREAD_KEY.THREAD_ID))
                .where(
                        THREAD_KEY.THREAD_ID.eq(thread.value()),
                        THREAD_KEY.RETIRED_AT.isNull(),
                        THREAD_KEY.SIGNING_SUBKEY_SEALED.isNotNull())
                // Clients encrypt to it what they answer.
                .fetchOptional(found -> new SigningSubkey(
                        certificates.ofThread(found),
                        SealedColumns.SIGNING_SUBKEY.read(
                                serverKey,
                                found.get(THREAD_KEY.SIGNING_SUBKEY_SEALED),
                                thread.value(),
                                found.get(THREAD_KEY.KEY_ID)))));
    }

    /** A thread whose key is not the one that was bound gets nothing, and keeps no other thread from its subkey. */
    @Override
    public List<Missing> missing(Therapist therapist) throws CannotTellException {
        return database
                .ask(on -> on.select(BoundCertificates.THREADS)
                        .from(THREAD_KEY)
                        .join(THREAD)
                        .on(THREAD.ID.eq(THREAD_KEY.THREAD_ID))
                        .where(
                                THREAD.THERAPIST_ID.eq(therapist.id().value()),
                                THREAD_KEY.RETIRED_AT.isNull(),
                                THREAD_KEY.SIGNING_SUBKEY_SEALED.isNull())
                        .orderBy(THREAD.CREATED_AT, THREAD.ID)
                        .fetch())
                .stream()
                .flatMap(row -> WrongRows.unlessChanged(database, () -> missing(row)).stream())
                .toList();
    }

    private Missing missing(Record row) {
        return new Missing(
                new ThreadId(row.get(THREAD.ID)),
                new TherapistId(row.get(THREAD.THERAPIST_ID)),
                EmailAddress.of(row.get(THREAD.ADDRESS)),
                row.get(THREAD_KEY.KEY_ID),
                certificates.ofThread(row));
    }

    @Override
    public void add(Missing key, SigningSubkey subkey) throws CannotTellException {
        database.ask(on -> on.update(THREAD_KEY)
                .set(THREAD_KEY.CERTIFICATE, subkey.certificate().encoded())
                .set(THREAD_KEY.BINDING, binding(key, key.keyId(), subkey.certificate()))
                .set(THREAD_KEY.SIGNING_SUBKEY_SEALED, sealed(subkey, key.thread(), key.keyId()))
                .where(lacking(key))
                .execute());
    }

    @Override
    public void succeed(Missing before, long keyId, SigningSubkey next, SealedKey share) throws CannotTellException {
        database.ask(on -> {
            on.transaction(transaction -> succeed(transaction.dsl(), before, keyId, next, share));
            return true;
        });
    }

    private void succeed(DSLContext tx, Missing before, long keyId, SigningSubkey next, SealedKey share) {
        int retired = tx.update(THREAD_KEY)
                .set(THREAD_KEY.RETIRED_AT, field("clock_timestamp()", Instant.class))
                .where(lacking(before))
                .execute();
        if (retired == 0) {
            return;
        }
        tx.insertInto(THREAD_KEY)
                .columns(
                        THREAD_KEY.THREAD_ID,
                        THREAD_KEY.KEY_ID,
                        THREAD_KEY.CERTIFICATE,
                        THREAD_KEY.BINDING,
                        THREAD_KEY.SIGNING_SUBKEY_SEALED)
                .values(
                        before.thread().value(),
                        keyId,
                        next.certificate().encoded(),
                        binding(before, keyId, next.certificate()),
                        sealed(next, before.thread(), keyId))
                .execute();
        tx.insertInto(THREAD_KEY_SHARE)
                .columns(
                        THREAD_KEY_SHARE.THREAD_ID,
                        THREAD_KEY_SHARE.KEY_ID,
                        THREAD_KEY_SHARE.READER_KEY_ID,
                        THREAD_KEY_SHARE.SEALED_SECRET)
                .values(before.thread().value(), keyId, share.readerKeyId(), share.octets())
                .execute();
    }

    private byte[] binding(Missing of, long keyId, Certificate certificate) {
        return certificates.binding(
                new ThreadCertificate(of.thread(), of.therapist(), of.address(), keyId, certificate));
    }

    private byte[] sealed(SigningSubkey subkey, ThreadId thread, long keyId) {
        return SealedColumns.SIGNING_SUBKEY.seal(serverKey, subkey.secret(), thread.value(), keyId);
    }

    /** The row as it was read: one that somebody changed since then is not bound. */
    private Condition lacking(Missing key) {
        return THREAD_KEY
                .THREAD_ID
                .eq(key.thread().value())
                .and(THREAD_KEY.KEY_ID.eq(key.keyId()))
                .and(THREAD_KEY.CERTIFICATE.eq(key.certificate().encoded()))
                .and(THREAD_KEY.BINDING.eq(binding(key, key.keyId(), key.certificate())))
                .and(THREAD_KEY.RETIRED_AT.isNull())
                .and(THREAD_KEY.SIGNING_SUBKEY_SEALED.isNull());
    }
}
