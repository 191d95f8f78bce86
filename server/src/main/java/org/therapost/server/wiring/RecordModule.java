package org.therapost.server.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import org.therapost.domain.conversation.Directory;
import org.therapost.domain.conversation.KnownMessageIds;
import org.therapost.domain.conversation.MessageHolders;
import org.therapost.domain.conversation.Outbox;
import org.therapost.domain.conversation.SentParcels;
import org.therapost.domain.conversation.Threads;
import org.therapost.domain.conversation.UnreachableClients;
import org.therapost.domain.conversation.Views;
import org.therapost.domain.people.Accounts;
import org.therapost.domain.people.ClientMailboxes;
import org.therapost.domain.people.Register;
import org.therapost.domain.people.Roll;
import org.therapost.domain.people.SigningKeys;
import org.therapost.domain.people.Spellings;
import org.therapost.domain.sealing.KeyShares;
import org.therapost.domain.sealing.SpoolKey;
import org.therapost.storage.ArrivalListener;
import org.therapost.storage.Database;
import org.therapost.storage.JooqAccounts;
import org.therapost.storage.JooqDirectory;
import org.therapost.storage.JooqKeyShares;
import org.therapost.storage.JooqKnownMessageIds;
import org.therapost.storage.JooqMailboxRegister;
import org.therapost.storage.JooqOutbox;
import org.therapost.storage.JooqRegister;
import org.therapost.storage.JooqRoll;
import org.therapost.storage.JooqSentParcels;
import org.therapost.storage.JooqSigningKeys;
import org.therapost.storage.JooqThreads;
import org.therapost.storage.JooqUnreachableClients;
import org.therapost.storage.JooqViews;

/** The domain's ports on PostgreSQL. */
public final class RecordModule extends AbstractModule {

    private final Spellings spellings;

    public RecordModule(Spellings spellings) {
        this.spellings = spellings;
    }

    @Provides
    @Singleton
    Directory directory(Database database, SpoolKey spoolKey) {
        return new JooqDirectory(database, spoolKey, spellings);
    }

    @Provides
    @Singleton
    ClientMailboxes mailboxes(Directory directory, Database database, SpoolKey spoolKey) {
        return new ClientMailboxes(directory, new JooqMailboxRegister(database, spoolKey), spellings);
    }

    @Provides
    @Singleton
    Register register(Database database, SpoolKey spoolKey) {
        return new JooqRegister(database, spoolKey);
    }

    @Provides
    @Singleton
    Roll roll(Database database) {
        return new JooqRoll(database);
    }

    @Provides
    @Singleton
    Threads threads(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        return new JooqThreads(database, spoolKey, listener);
    }

    @Provides
    @Singleton
    JooqKnownMessageIds messageIds(Database database, SpoolKey spoolKey) {
        return new JooqKnownMessageIds(database, spoolKey);
    }

    @Provides
    KnownMessageIds knownMessageIds(JooqKnownMessageIds messageIds) {
        return messageIds;
    }

    @Provides
    MessageHolders messageHolders(JooqKnownMessageIds messageIds) {
        return messageIds;
    }

    @Provides
    @Singleton
    Outbox outbox(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        return new JooqOutbox(database, spoolKey, listener);
    }

    @Provides
    @Singleton
    UnreachableClients unreachableClients(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        return new JooqUnreachableClients(database, spoolKey, listener);
    }

    @Provides
    @Singleton
    SentParcels sentParcels(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        return new JooqSentParcels(database, spoolKey, listener);
    }

    @Provides
    @Singleton
    Views views(Database database, SpoolKey spoolKey, ArrivalListener listener) {
        return new JooqViews(database, spoolKey, listener);
    }

    @Provides
    @Singleton
    Accounts accounts(Database database) {
        return new JooqAccounts(database);
    }

    @Provides
    @Singleton
    KeyShares shares(Database database) {
        return new JooqKeyShares(database);
    }

    @Provides
    @Singleton
    SigningKeys signingKeys(Database database, SpoolKey spoolKey) {
        return new JooqSigningKeys(database, spoolKey);
    }
}
