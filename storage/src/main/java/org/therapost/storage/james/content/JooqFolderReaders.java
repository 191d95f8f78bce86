package org.therapost.storage.james.content;

import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;

import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.jooq.Record;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Custody;
import org.therapost.domain.people.PracticeId;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.people.TherapistId;
import org.therapost.domain.sealing.Readers;
import org.therapost.domain.sealing.SealedException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.cells.SealedColumns;
import org.therapost.storage.james.rows.MailboxSql;
import org.therapost.storage.james.rows.UuidMailboxId;
import org.therapost.storage.people.BoundCertificates;
import org.therapost.storage.people.StoredMailboxAddress;
import org.therapost.storage.postgres.ChangedRowException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.postgres.WrongRows;

/** Readers of folders: those of the thread whose folder it is, or else the therapist who owns it. */
public final class JooqFolderReaders implements FolderReaders {

    private final Database database;
    private final MailboxSql sql;
    private final BoundCertificates certificates;
    private final ServerKey key;
    private final Clock clock;

    public JooqFolderReaders(Database database, ServerKey key, Clock clock) {
        this.database = database;
        this.sql = new MailboxSql(database);
        this.certificates = new BoundCertificates(key);
        this.key = key;
        this.clock = clock;
    }

    @Override
    public Readers of(UuidMailboxId folder, Username owner, String messageId) throws MailboxException {
        Record row = sql.ask(on -> on.select(
                        THERAPIST.ID,
                        THERAPIST.PRACTICE_ID,
                        THERAPIST.ADDRESS,
                        THERAPIST.NAME,
                        THERAPIST.CUSTODY,
                        THERAPIST.CERTIFICATE,
                        THERAPIST.BINDING,
                        THREAD.ID,
                        THREAD.ADDRESS,
                        THREAD.CLIENT_ADDRESS_SEALED,
                        THREAD.CLIENT_NAME_SEALED,
                        THREAD_KEY.CERTIFICATE,
                        THREAD_KEY.BINDING)
                .from(THERAPIST)
                .leftJoin(THREAD)
                .on(THREAD.MAILBOX_ID.eq(folder.value()))
                .leftJoin(THREAD_KEY)
                .on(THREAD_KEY.THREAD_ID.eq(THREAD.ID))
                .and(THREAD_KEY.RETIRED_AT.isNull())
                .where(THERAPIST.ADDRESS.eq(owner.asString()))
                .fetchOne());
        if (row == null) {
            throw new MailboxException("folder " + folder + " has no reader to seal to");
        }
        try {
            Therapist therapist = therapist(row);
            if (row.get(THREAD.ID) == null) {
                return MessageReaders.ofTherapist(therapist, messageId, clock.instant());
            }
            return MessageReaders.ofThread(thread(row, therapist), therapist.address(), messageId, clock.instant());
        } catch (ChangedRowException changed) {
            WrongRows.report(database, changed.wrong());
            throw new MailboxException("a reader of folder " + folder + " is not as this server wrote it", changed);
        }
    }

    private Therapist therapist(Record row) {
        return new Therapist(
                new TherapistId(row.get(THERAPIST.ID)),
                new PracticeId(row.get(THERAPIST.PRACTICE_ID)),
                EmailAddress.of(row.get(THERAPIST.ADDRESS)),
                row.get(THERAPIST.NAME),
                Custody.valueOf(row.get(THERAPIST.CUSTODY).toUpperCase(Locale.ROOT)),
                certificates.ofTherapist(row));
    }

    private ClientThread thread(Record row, Therapist therapist) throws MailboxException {
        if (row.get(THREAD_KEY.CERTIFICATE) == null) {
            throw new MailboxException("thread " + row.get(THREAD.ID) + " has no key in force to seal to");
        }
        try {
            // What the client has on file does not matter here: nothing is carried to them.
            Client client = new Client(
                    StoredMailboxAddress.primary(SealedColumns.CLIENT_ADDRESS.openText(
                            key, row.get(THREAD.CLIENT_ADDRESS_SEALED), row.get(THREAD.ID))),
                    SealedColumns.CLIENT_NAME.openText(key, row.get(THREAD.CLIENT_NAME_SEALED), row.get(THREAD.ID)),
                    Optional.empty(),
                    false);
            return new ClientThread(
                    new ThreadId(row.get(THREAD.ID)),
                    EmailAddress.of(row.get(THREAD.ADDRESS)),
                    therapist,
                    client,
                    certificates.ofThread(row));
        } catch (SealedException other) {
            throw new MailboxException("a thread was not sealed with this server key", other);
        }
    }
}
