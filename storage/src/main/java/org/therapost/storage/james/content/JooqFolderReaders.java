package org.therapost.storage.james.content;

import static org.therapost.storage.generated.Tables.THERAPIST;
import static org.therapost.storage.generated.Tables.THREAD;
import static org.therapost.storage.generated.Tables.THREAD_KEY;

import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.apache.james.core.Username;
import org.apache.james.mailbox.exception.MailboxException;
import org.jooq.Record;
import org.therapost.domain.addresses.EmailAddress;
import org.therapost.domain.conversation.ClientThread;
import org.therapost.domain.conversation.MessageReaders;
import org.therapost.domain.conversation.ThreadId;
import org.therapost.domain.people.Client;
import org.therapost.domain.people.Therapist;
import org.therapost.domain.sealing.Readers;
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
        Record row = sql.ask(on -> on.select(BoundCertificates.THERAPISTS)
                .select(BoundCertificates.THREADS)
                .select(THREAD.CLIENT_ADDRESS_SEALED, THREAD.CLIENT_NAME_SEALED)
                .from(THERAPIST)
                .leftJoin(THREAD)
                .on(THREAD.MAILBOX_ID.eq(folder.value()), THREAD.THERAPIST_ID.eq(THERAPIST.ID))
                .leftJoin(THREAD_KEY)
                .on(THREAD_KEY.THREAD_ID.eq(THREAD.ID))
                .and(THREAD_KEY.RETIRED_AT.isNull())
                .where(THERAPIST.ADDRESS.eq(owner.asString()))
                .fetchOne());
        if (row == null) {
            throw new MailboxException("folder " + folder + " has no reader to seal to");
        }
        try {
            Therapist therapist = certificates.therapist(row);
            if (row.get(THREAD.ID) == null) {
                return MessageReaders.ofTherapist(therapist, messageId, clock.instant());
            }
            return MessageReaders.ofThread(thread(row, therapist), therapist.address(), messageId, clock.instant());
        } catch (ChangedRowException changed) {
            WrongRows.report(database, changed.wrong());
            throw new MailboxException("a reader of folder " + folder + " is not as this server wrote it", changed);
        }
    }

    private ClientThread thread(Record row, Therapist therapist) throws MailboxException {
        if (row.get(THREAD_KEY.CERTIFICATE) == null) {
            throw new MailboxException("thread " + row.get(THREAD.ID) + " has no key in force to seal to");
        }
        UUID id = row.get(THREAD.ID);
        // What the client has on file does not matter here: nothing is carried to them.
        Client client = new Client(
                StoredMailboxAddress.primary(
                        SealedColumns.CLIENT_ADDRESS.readText(key, row.get(THREAD.CLIENT_ADDRESS_SEALED), id)),
                SealedColumns.CLIENT_NAME.readText(key, row.get(THREAD.CLIENT_NAME_SEALED), id),
                Optional.empty(),
                false);
        return new ClientThread(
                new ThreadId(id),
                EmailAddress.of(row.get(THREAD.ADDRESS)),
                therapist,
                client,
                certificates.ofThread(row));
    }
}
