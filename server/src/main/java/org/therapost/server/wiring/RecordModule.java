package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import java.time.Clock;
import org.therapost.domain.access.Accounts;
import org.therapost.domain.access.WaysIn;
import org.therapost.domain.addresses.EquivalentAddresses;
import org.therapost.domain.carriage.Outbox;
import org.therapost.domain.carriage.SentParcels;
import org.therapost.domain.carriage.SigningSubkeys;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.ThreadFolders;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.conversation.identifiers.KnownMessageIds;
import org.therapost.domain.conversation.identifiers.MessageIdOwners;
import org.therapost.domain.enrolment.Activations;
import org.therapost.domain.enrolment.ChangeClientMailboxes;
import org.therapost.domain.enrolment.EnrolledPeople;
import org.therapost.domain.enrolment.EnrolmentRegister;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.record.ChangedRows;
import org.therapost.domain.record.CheckpointFile;
import org.therapost.domain.record.Checkpoints;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.domain.sealing.keys.KeyShares;
import org.therapost.openpgp.signatures.CleartextSignatures;
import org.therapost.server.folder.CheckpointsOnDisk;
import org.therapost.server.folder.DataFolderSettings;
import org.therapost.storage.conversation.JooqKnownMessageIds;
import org.therapost.storage.conversation.JooqOutbox;
import org.therapost.storage.conversation.JooqSentParcels;
import org.therapost.storage.conversation.JooqThreadFolders;
import org.therapost.storage.conversation.JooqThreads;
import org.therapost.storage.conversation.JooqUnreachableClients;
import org.therapost.storage.enrolment.JooqActivations;
import org.therapost.storage.enrolment.JooqClientMailboxRegister;
import org.therapost.storage.enrolment.JooqEnrolledPeople;
import org.therapost.storage.enrolment.JooqEnrolmentRegister;
import org.therapost.storage.people.JooqAccounts;
import org.therapost.storage.people.JooqChangedRows;
import org.therapost.storage.people.JooqDirectory;
import org.therapost.storage.people.JooqKeyShares;
import org.therapost.storage.people.JooqSigningKeys;
import org.therapost.storage.people.JooqSigningSubkeys;
import org.therapost.storage.people.JooqWaysIn;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.record.CheckpointVerification;
import org.therapost.storage.record.JooqCheckpoints;
import org.therapost.storage.store.FolderArrivalListener;

/** The domain's ports on PostgreSQL. */
public final class RecordModule extends AbstractModule {

    private final EquivalentAddresses equivalentAddresses;

    public RecordModule(EquivalentAddresses equivalentAddresses) {
        this.equivalentAddresses = equivalentAddresses;
    }

    @Provides
    @Singleton
    Directory directory(Database database, ServerKey serverKey) {
        return new JooqDirectory(database, serverKey, equivalentAddresses);
    }

    @Provides
    @Singleton
    ChangeClientMailboxes mailboxes(Directory directory, Database database, ServerKey serverKey) {
        return new ChangeClientMailboxes(
                directory, new JooqClientMailboxRegister(database, serverKey), equivalentAddresses);
    }

    @Provides
    @Singleton
    EnrolmentRegister register(Database database, ServerKey serverKey) {
        return new JooqEnrolmentRegister(database, serverKey);
    }

    @Provides
    @Singleton
    EnrolledPeople roll(Database database, ServerKey serverKey) {
        return new JooqEnrolledPeople(database, serverKey);
    }

    @Provides
    @Singleton
    Threads threads(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqThreads(database, serverKey, listener);
    }

    @Provides
    @Singleton
    JooqKnownMessageIds messageIds(Database database, ServerKey serverKey) {
        return new JooqKnownMessageIds(database, serverKey);
    }

    @Provides
    KnownMessageIds knownMessageIds(JooqKnownMessageIds messageIds) {
        return messageIds;
    }

    @Provides
    MessageIdOwners messageHolders(JooqKnownMessageIds messageIds) {
        return messageIds;
    }

    @Provides
    @Singleton
    Outbox outbox(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqOutbox(database, serverKey, listener);
    }

    @Provides
    @Singleton
    UnreachableClients unreachableClients(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqUnreachableClients(database, serverKey, listener);
    }

    @Provides
    @Singleton
    SentParcels sentParcels(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqSentParcels(database, serverKey, listener);
    }

    @Provides
    @Singleton
    ThreadFolders views(Database database, ServerKey serverKey, FolderArrivalListener listener) {
        return new JooqThreadFolders(database, serverKey, listener);
    }

    @Provides
    @Singleton
    Accounts accounts(Database database, ServerKey serverKey) {
        return new JooqAccounts(database, serverKey);
    }

    @Provides
    @Singleton
    Activations activations(Database database, ServerKey serverKey) {
        return new JooqActivations(database, serverKey);
    }

    @Provides
    @Singleton
    CheckpointFile checkpointFile(DataFolderSettings folder) {
        return new CheckpointsOnDisk(folder.root());
    }

    @Provides
    @Singleton
    Checkpoints checkpoints(Database database, CheckpointFile file) {
        return new JooqCheckpoints(database, file);
    }

    @Provides
    @Singleton
    CheckpointVerification checkpointVerification(
            Database database, ServerKey serverKey, CheckpointFile file, Clock clock) {
        return new CheckpointVerification(database, serverKey, file, new CleartextSignatures(clock));
    }

    @Provides
    @Singleton
    ChangedRows changedRows(Database database, ServerKey serverKey) {
        return new JooqChangedRows(database, serverKey);
    }

    @Provides
    @Singleton
    WaysIn waysIn(Database database, ServerKey serverKey) {
        return new JooqWaysIn(database, serverKey);
    }

    @Provides
    @Singleton
    KeyShares shares(Database database) {
        return new JooqKeyShares(database);
    }

    @Provides
    @Singleton
    SigningKeys signingKeys(Database database, ServerKey serverKey) {
        return new JooqSigningKeys(database, serverKey);
    }

    @Provides
    @Singleton
    SigningSubkeys signingSubkeys(Database database, ServerKey serverKey) {
        return new JooqSigningSubkeys(database, serverKey);
    }
}
