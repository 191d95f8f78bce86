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
import org.therapost.storage.postgres.Database;

/**
 * Binds sealed values to their rows after an update, before anything is served. That it was done is remembered in the data folder:
 * a database that later says that it was not is not bound again, since values that were copied from other rows would be taken for
 * right.
 */
final class CellBinder {

    private CellBinder() {}

    /**
     * Binds what is not bound.
     *
     * @throws StartException if the database has values that are not bound, and this data folder says that there were none any more
     */
    static void bind(Database database, ServerKey serverKey, DataFolder folder, Consumer<String> progress)
            throws StartException, CannotTellException, IOException {
        Path mark = folder.root().resolve("sealed.bound");
        CellBinding binding = new CellBinding(database, serverKey, progress);
        if (database.ask(CellBinding::doneAt).isEmpty()) {
            if (Files.exists(mark) && binding.isAnythingLeft()) {
                throw new StartException(
                        "sealed values in the database are not bound to their rows any more, and they were"
                                + " when this server ran last ("
                                + Files.readString(mark, StandardCharsets.UTF_8).strip()
                                + "). Either the database was restored from a backup that is older than that, or"
                                + " somebody changed it. If you restored it: delete " + mark
                                + " and start again. If not: keep the database as it is, as evidence");
            }
            binding.run();
        }
        Optional<Instant> done = database.ask(CellBinding::doneAt);
        if (done.isPresent() && !Files.exists(mark)) {
            PrivateFiles.write(mark, ("bound on " + done.get() + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }
}
