package org.therapost.server.process;

import java.io.IOException;
import java.util.function.Consumer;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.ServerKeyFile;
import org.therapost.server.folder.StartException;
import org.therapost.storage.enrolment.JooqServerKeyCheck;
import org.therapost.storage.enrolment.JooqServerKeyCheck.Finding;
import org.therapost.storage.postgres.Database;

/** The server key of the data folder and the database belong together, or the server does not start. */
final class ServerKeyVerification {

    private ServerKeyVerification() {}

    /**
     * Reads the key; makes one where neither a key nor a database that depends on one is there.
     *
     * @throws StartException if the key is missing, unreadable, or another one than the database's; the text names the file
     *     and what to do
     */
    static ServerKey of(DataFolder folder, Database database, Consumer<String> progress)
            throws StartException, IOException, CannotTellException {
        ServerKeyFile file = new ServerKeyFile(folder);
        JooqServerKeyCheck check = new JooqServerKeyCheck(database);
        boolean made = !file.exists();
        if (made) {
            if (check.taken()) {
                throw new StartException("the database holds what was sealed with a server key, but " + file.path()
                        + " is missing: restore it from its backup, or copy it from the server that uses this"
                        + " database");
            }
            file.create();
        }
        ServerKey key = file.read();
        Finding finding = check.check(key);
        if (!finding.same()) {
            if (made) {
                // Another server was first, between the look and the key: nothing was sealed with this one.
                file.takeBack();
            }
            throw new StartException(otherKey(file, finding));
        }
        if (made) {
            progress.accept("created the server key " + file.path() + " (keep a copy of it apart from the database's)");
        }
        return key;
    }

    private static String otherKey(ServerKeyFile file, Finding finding) {
        String values = finding.database().isEmpty()
                ? "it opens nothing of what is sealed there"
                : "check value of the database " + finding.database() + ", of the file " + finding.offered();
        return "the database belongs to another server key than the one in " + file.path() + " (" + values
                + "): put the right spool.key there, from the server that uses this database or from the backup of the"
                + " key; or name another database";
    }
}
