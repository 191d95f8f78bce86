package org.therapost.storage.store;

import static org.therapost.storage.generated.Tables.MAILBOX;
import static org.therapost.storage.generated.Tables.THREAD;

import java.util.List;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.folders.TherapistFolders;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.storage.postgres.Database;

/** Names of folders, which are sealed at rest. */
public final class JooqTherapistFolders implements TherapistFolders {

    private final Database database;
    private final Folders folders;

    public JooqTherapistFolders(Database database, ServerKey serverKey) {
        this.database = database;
        this.folders = new Folders(serverKey);
    }

    @Override
    public boolean isClients(String username, String name) throws CannotTellException {
        return database.ask(on -> on.fetchExists(on.selectOne()
                .from(MAILBOX)
                .join(THREAD)
                .on(THREAD.MAILBOX_ID.eq(MAILBOX.ID))
                .where(
                        MAILBOX.NAMESPACE.eq(Folders.NAMESPACE),
                        MAILBOX.USERNAME.eq(username),
                        MAILBOX.NAME_MAC.in(folders.macs(name)))));
    }

    @Override
    public List<String> names(String username) throws CannotTellException {
        return database.ask(on -> on.select(MAILBOX.ID, MAILBOX.NAME_SEALED)
                .from(MAILBOX)
                .where(MAILBOX.NAMESPACE.eq(Folders.NAMESPACE), MAILBOX.USERNAME.eq(username))
                .fetch(row -> folders.open(row.value1(), row.value2())));
    }
}
