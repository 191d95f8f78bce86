package org.therapost.storage.enrolment;

import static org.therapost.storage.generated.Tables.ACCOUNT;
import static org.therapost.storage.generated.Tables.ACTIVATION;
import static org.therapost.storage.generated.Tables.THERAPIST;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Record;
import org.jooq.exception.DataAccessException;
import org.jooq.exception.IntegrityConstraintViolationException;
import org.jooq.impl.DSL;
import org.therapost.domain.access.WayIn;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.enrolment.Activation;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.EnrolmentException;
import org.therapost.domain.enrolment.NewTherapist;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Certificate;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyWrapping;
import org.therapost.domain.sealing.keys.PasswordRecord;
import org.therapost.storage.people.BoundCertificates;
import org.therapost.storage.people.JooqWaysIn;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.store.Folders;

/** Activations in PostgreSQL; its clock says when a code expires. */
public final class JooqActivations implements Activations {

    private static final Field<Instant> NOW = DSL.field("clock_timestamp()", Instant.class);
    private static final Field<Boolean> EXPIRED =
            DSL.field(ACTIVATION.EXPIRES_AT.le(NOW)).as("expired");

    private final Database database;
    private final Folders folders;
    private final BoundCertificates certificates;

    public JooqActivations(Database database, ServerKey serverKey) {
        this.database = database;
        this.folders = new Folders(serverKey);
        this.certificates = new BoundCertificates(serverKey);
    }

    @Override
    public Instant add(NewTherapist therapist, PasswordRecord code, Duration valid, int tries)
            throws EnrolmentException, CannotTellException {
        try {
            return database.sql()
                    .insertInto(ACTIVATION)
                    .set(ACTIVATION.USERNAME, therapist.login().canonical())
                    .set(ACTIVATION.PRACTICE_ID, therapist.practice().value())
                    .set(ACTIVATION.NAME, therapist.name())
                    .set(
                            ACTIVATION.CERTIFICATE,
                            therapist.certificate().map(Certificate::encoded).orElse(null))
                    .set(ACTIVATION.CODE, code.phc())
                    .set(ACTIVATION.EXPIRES_AT, in(valid))
                    .set(ACTIVATION.TRIES_LEFT, tries)
                    .returningResult(ACTIVATION.EXPIRES_AT)
                    .fetchSingle()
                    .value1();
        } catch (IntegrityConstraintViolationException taken) {
            throw new EnrolmentException(
                    "address is taken: " + therapist.login().value());
        } catch (DataAccessException silent) {
            throw new CannotTellException("the database did not answer (" + silent.sqlState() + ")", silent);
        }
    }

    private static Field<Instant> in(Duration valid) {
        return DSL.field("clock_timestamp() + make_interval(secs => {0})", Instant.class, DSL.val(valid.toSeconds()));
    }

    private static Condition unused(EmailAddress login) {
        return ACTIVATION.USERNAME.eq(login.canonical()).and(ACTIVATION.USED_AT.isNull());
    }

    @Override
    public Optional<Instant> renew(EmailAddress login, PasswordRecord code, Duration valid, int tries)
            throws CannotTellException {
        return database.ask(on -> on.update(ACTIVATION)
                .set(ACTIVATION.CODE, code.phc())
                .set(ACTIVATION.EXPIRES_AT, in(valid))
                .set(ACTIVATION.TRIES_LEFT, tries)
                .where(unused(login))
                .returningResult(ACTIVATION.EXPIRES_AT)
                .fetchOptional(row -> row.value1()));
    }

    @Override
    public Optional<Activation> find(EmailAddress login) throws CannotTellException {
        return database.ask(on -> on.select(ACTIVATION.asterisk(), EXPIRED)
                .from(ACTIVATION)
                .where(ACTIVATION.USERNAME.eq(login.canonical()))
                .fetchOptional(JooqActivations::activation));
    }

    @Override
    public List<Activation> waiting() throws CannotTellException {
        return database.ask(on -> on.select(ACTIVATION.asterisk(), EXPIRED)
                .from(ACTIVATION)
                .where(ACTIVATION.USED_AT.isNull())
                .orderBy(ACTIVATION.USERNAME)
                .fetch(JooqActivations::activation));
    }

    private static Activation activation(Record row) {
        return new Activation(
                new NewTherapist(
                        EmailAddress.of(row.get(ACTIVATION.USERNAME)),
                        new PracticeId(row.get(ACTIVATION.PRACTICE_ID)),
                        row.get(ACTIVATION.NAME),
                        Optional.ofNullable(row.get(ACTIVATION.CERTIFICATE)).map(Certificate::new)),
                new PasswordRecord(row.get(ACTIVATION.CODE)),
                row.get(ACTIVATION.EXPIRES_AT),
                row.get(EXPIRED),
                row.get(ACTIVATION.TRIES_LEFT),
                Optional.ofNullable(row.get(ACTIVATION.USED_AT)));
    }

    @Override
    public boolean countTry(EmailAddress login) throws CannotTellException {
        return database.ask(on -> on.update(ACTIVATION)
                        .set(ACTIVATION.TRIES_LEFT, ACTIVATION.TRIES_LEFT.minus(1))
                        .where(unused(login), ACTIVATION.TRIES_LEFT.gt(0), ACTIVATION.EXPIRES_AT.gt(NOW))
                        .execute())
                == 1;
    }

    @Override
    public void complete(
            Activation activation, Therapist therapist, KeyWrapping password, Optional<KeyWrapping> recoveryCode)
            throws EnrolmentException, CannotTellException {
        EmailAddress login = therapist.address();
        try {
            boolean done = database.sql().transactionResult(transaction -> {
                DSLContext tx = transaction.dsl();
                int used = tx.update(ACTIVATION)
                        .set(ACTIVATION.USED_AT, NOW)
                        .where(
                                unused(login),
                                ACTIVATION.CODE.eq(activation.code().phc()))
                        .execute();
                if (used == 1) {
                    add(tx, therapist);
                    JooqWaysIn.put(tx, login, WayIn.Kind.PASSWORD, password);
                    recoveryCode.ifPresent(code -> JooqWaysIn.put(tx, login, WayIn.Kind.RECOVERY_CODE, code));
                    folders.makeAll(tx, login);
                }
                return used == 1;
            });
            if (!done) {
                throw new EnrolmentException("this code was used, or replaced by another one, just now");
            }
        } catch (IntegrityConstraintViolationException taken) {
            throw new EnrolmentException("address is taken: " + login.value());
        } catch (DataAccessException silent) {
            throw new CannotTellException("the database did not answer (" + silent.sqlState() + ")", silent);
        }
    }

    private void add(DSLContext tx, Therapist therapist) {
        String address = therapist.address().canonical();
        tx.insertInto(ACCOUNT).columns(ACCOUNT.USERNAME).values(address).execute();
        tx.insertInto(THERAPIST)
                .columns(
                        THERAPIST.ID,
                        THERAPIST.PRACTICE_ID,
                        THERAPIST.ADDRESS,
                        THERAPIST.NAME,
                        THERAPIST.CUSTODY,
                        THERAPIST.CERTIFICATE,
                        THERAPIST.BINDING)
                .values(
                        therapist.id().value(),
                        therapist.practice().value(),
                        address,
                        therapist.name(),
                        therapist.custody().name().toLowerCase(Locale.ROOT),
                        therapist.certificate().encoded(),
                        certificates.binding(therapist))
                .execute();
    }
}
