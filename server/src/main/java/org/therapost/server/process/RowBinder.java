package org.therapost.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.PrivateFiles;
import org.therapost.server.folder.StartException;
import org.therapost.storage.cells.CellBinding;
import org.therapost.storage.people.CertificateBinding;
import org.therapost.storage.postgres.Database;

/**
 * Binds rows to the server key after an update, before anything is served: sealed values to their rows, certificates to their
 * owners. That it was done is remembered in the data folder: a database that later says that it was not is not bound again, since
 * what was copied from other rows or put there by others would be taken for right.
 */
final class RowBinder {

    private final Database database;
    private final ServerKey serverKey;
    private final Path folder;
    private final Consumer<String> progress;

    /** @param progress hears how far it is, in sentences */
    RowBinder(Database database, ServerKey serverKey, DataFolder folder, Consumer<String> progress) {
        this.database = database;
        this.serverKey = serverKey;
        this.folder = folder.root();
        this.progress = progress;
    }

    /**
     * Binds what is not bound.
     *
     * @throws StartException if the database has rows that are not bound, and this data folder says that there were none any more
     */
    void bind() throws StartException, CannotTellException, IOException {
        CellBinding cells = new CellBinding(database, serverKey, progress);
        Path sealed = folder.resolve("sealed.bound");
        if (database.ask(CellBinding::doneAt).isEmpty()) {
            if (Files.exists(sealed) && cells.isAnythingLeft()) {
                throw refusal(sealed, "sealed values in the database are not bound to their rows any more");
            }
            cells.run();
        }
        remember(sealed, database.ask(CellBinding::doneAt));
        Path certificates = folder.resolve("certificates.bound");
        if (database.ask(CertificateBinding::doneAt).isEmpty()) {
            if (Files.exists(certificates) && database.ask(CertificateBinding::isAnythingLeft)) {
                throw refusal(certificates, "certificates in the database are not bound to their owners any more");
            }
            new CertificateBinding(database, serverKey).run(progress);
        }
        remember(certificates, database.ask(CertificateBinding::doneAt));
    }

    private static StartException refusal(Path mark, String what) throws IOException {
        return new StartException(what + ", and they were when this server ran last ("
                + Files.readString(mark, StandardCharsets.UTF_8).strip()
                + "). Either the database was restored from a backup that is older than that, or somebody changed it."
                + " If you restored it: delete " + mark
                + " and start again. If not: keep the database as it is, as evidence");
    }

    private static void remember(Path mark, Optional<Instant> done) throws IOException {
        if (done.isPresent() && !Files.exists(mark)) {
            PrivateFiles.write(mark, ("bound on " + done.get() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
