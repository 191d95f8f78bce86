package org.therapost.storage.people;

import static org.jooq.impl.DSL.inline;
import static org.jooq.impl.DSL.using;
import static org.therapost.storage.generated.Tables.CERTIFICATES_BOUND;
import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;
import static org.therapost.storage.generated.Tables.WRONG_ROW;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.jooq.DSLContext;
import org.jooq.Record;
import org.jooq.SQLDialect;
import org.jooq.exception.DataAccessException;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;
import org.therapost.storage.postgres.WrongRows.WrongRow;

/**
 * All certificates to which something is sealed: bound once after an update, in one transaction, and compared with their bindings
 * whenever somebody asks.
 */
public final class CertificateBinding {

    private static final long LOCK = 0x7468657261706f03L;

    private final Database database;
    private final BoundCertificates certificates;

    public CertificateBinding(Database database, ServerKey serverKey) {
        this.database = database;
        this.certificates = new BoundCertificates(serverKey);
    }

    /** When all certificates had been bound; empty if some may not be. */
    public static Optional<Instant> doneAt(DSLContext on) {
        return on.select(CERTIFICATES_BOUND.AT).from(CERTIFICATES_BOUND).fetchOptional(CERTIFICATES_BOUND.AT);
    }

    /** Whether any certificate is there that nobody bound. */
    public static boolean isAnythingLeft(DSLContext on) {
        return on.fetchExists(THERAPIST, THERAPIST.BINDING.isNull())
                || on.fetchExists(THREAD_KEY, THREAD_KEY.BINDING.isNull());
    }

    /**
     * Binds all that nobody bound, once.
     *
     * @param progress hears of it in a sentence
     * @throws CannotTellException if the database did not answer
     */
    public void run(Consumer<String> progress) throws CannotTellException {
        try {
            database.sql().connection(connection -> {
                // The lock belongs to the database connection, and ends with it.
                DSLContext holder = using(connection, SQLDialect.POSTGRES);
                holder.execute("select pg_advisory_lock({0})", inline(LOCK));
                try {
                    if (doneAt(holder).isEmpty()) {
                        int bound = database.sql().transactionResult(transaction -> bind(transaction.dsl()));
                        if (bound > 0) {
                            progress.accept(String.format(
                                    Locale.ROOT, "bound %,d certificates to their therapists and threads", bound));
                        }
                    }
                } finally {
                    holder.execute("select pg_advisory_unlock({0})", inline(LOCK));
                }
            });
        } catch (DataAccessException silent) {
            throw new CannotTellException("the database did not answer (" + silent.sqlState() + ")", silent);
        }
    }

    private int bind(DSLContext tx) {
        int bound = 0;
        for (Record row : tx.select(BoundCertificates.THERAPISTS)
                .from(THERAPIST)
                .where(THERAPIST.BINDING.isNull())
                .forUpdate()
                .fetch()) {
            // One that cannot be read stays unbound, and is told of as such.
            bound += WrongRows.unlessChanged(database, () -> certificates.binding(BoundCertificates.unbound(row)))
                    .map(binding -> tx.update(THERAPIST)
                            .set(THERAPIST.BINDING, binding)
                            .where(THERAPIST.ID.eq(row.get(THERAPIST.ID)))
                            .execute())
                    .orElse(0);
        }
        for (Record row : tx.select(BoundCertificates.THREADS)
                .from(THREAD_KEY)
                .join(THREAD)
                .on(THREAD.ID.eq(THREAD_KEY.THREAD_ID))
                .where(THREAD_KEY.BINDING.isNull())
                .forUpdate()
                .fetch()) {
            bound += WrongRows.unlessChanged(
                            database, () -> certificates.binding(BoundCertificates.unboundOfThread(row)))
                    .map(binding -> tx.update(THREAD_KEY)
                            .set(THREAD_KEY.BINDING, binding)
                            .where(
                                    THREAD_KEY.THREAD_ID.eq(row.get(THREAD.ID)),
                                    THREAD_KEY.KEY_ID.eq(row.get(THREAD_KEY.KEY_ID)))
                            .execute())
                    .orElse(0);
        }
        tx.insertInto(CERTIFICATES_BOUND).defaultValues().onConflictDoNothing().execute();
        return bound;
    }

    /**
     * Compares all certificates in force with their bindings, or that of one thread; remembers those that differ, and forgets those
     * that are right again.
     *
     * @throws CannotTellException if the database did not answer
     */
    public List<WrongRow> verify(Optional<ThreadId> only) throws CannotTellException {
        return database.transact(tx -> {
            List<WrongRow> wrong = new ArrayList<>();
            for (Record row : tx.select(BoundCertificates.THREADS)
                    .from(THREAD)
                    .join(THREAD_KEY)
                    .on(THREAD_KEY.THREAD_ID.eq(THREAD.ID), THREAD_KEY.RETIRED_AT.isNull())
                    .where(only.map(thread -> THREAD.ID.eq(thread.value())).orElse(THREAD.ID.isNotNull()))
                    .orderBy(THREAD.ID)
                    .fetch()) {
                judge(() -> certificates.ofThread(row), wrong);
            }
            if (only.isEmpty()) {
                for (Record row : tx.select(BoundCertificates.THERAPISTS)
                        .from(THERAPIST)
                        .orderBy(THERAPIST.ID)
                        .fetch()) {
                    judge(() -> certificates.therapist(row), wrong);
                }
            }
            WrongRows.all(tx, WRONG_ROW.FAULT.eq(BoundCertificates.FAULT)).stream()
                    .filter(row -> only.isEmpty() || row.thread().equals(only))
                    .filter(row -> !wrong.contains(row))
                    .forEach(row -> WrongRows.forget(tx, row));
            wrong.forEach(row -> WrongRows.report(tx, row));
            return wrong;
        });
    }

    private static void judge(Runnable reading, List<WrongRow> wrong) {
        try {
            reading.run();
        } catch (ChangedRowException changed) {
            wrong.add(changed.wrong());
        }
    }
}
