package org.therapost.server.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.sealing.ServerKey;
import org.therapost.server.folder.DataFolder;
import org.therapost.server.folder.PrivateFiles;
import org.therapost.server.folder.StartException;
import org.therapost.storage.postgres.Database;
import org.therapost.storage.record.RecordChaining;

/**
 * Chains the record after an update, beside the running server. That it was done is remembered in the data folder: a database that
 * later says that it was not is not chained again by itself, since forged messages would become a part of the record.
 */
final class RecordChainer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(RecordChainer.class);
    private static final long PAUSE_SECONDS = 5;

    private final Database database;
    private final ServerKey serverKey;
    private final Consumer<String> progress;
    private final Path mark;
    private final Thread thread = new Thread(this::run, "record-chaining");
    private final CountDownLatch closed = new CountDownLatch(1);

    /** @param progress hears how far it is, in sentences */
    RecordChainer(Database database, ServerKey serverKey, DataFolder folder, Consumer<String> progress) {
        this.database = database;
        this.serverKey = serverKey;
        this.progress = progress;
        this.mark = folder.root().resolve("record.chained");
    }

    /**
     * Begins; returns at once.
     *
     * @throws StartException if the database says that its record was never chained, and this data folder says otherwise
     */
    void start() throws StartException, CannotTellException, IOException {
        Optional<Instant> done = database.ask(RecordChaining::doneAt);
        if (done.isPresent()) {
            remember(done.get());
            return;
        }
        if (Files.exists(mark) && database.ask(RecordChaining::isAnythingLeft)) {
            throw new StartException(
                    "the record in the database is not protected by its chain any more, and it was when this"
                            + " server ran last ("
                            + Files.readString(mark, StandardCharsets.UTF_8).strip()
                            + "). Either the database was restored from a backup that is older than the chain, or"
                            + " somebody changed it. If you restored it: delete " + mark
                            + ", start again, and tell the therapists that what is older than today is chained since"
                            + " today and not before. If not: keep the database as it is, as evidence");
        }
        thread.setDaemon(true);
        thread.start();
    }

    private void run() {
        try {
            while (closed.getCount() > 0 && !isDone()) {
                closed.await(PAUSE_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException stop) {
            closed.countDown();
        }
    }

    private boolean isDone() {
        try {
            boolean done = new RecordChaining(database, serverKey, this::tell, () -> closed.getCount() == 0).run();
            Optional<Instant> at = database.ask(RecordChaining::doneAt);
            if (at.isPresent()) {
                remember(at.get());
            }
            return done;
        } catch (CannotTellException away) {
            LOG.warn("the record could not be chained yet; mail to threads that are not chained is put off", away);
            return false;
        } catch (IOException unwritable) {
            LOG.warn("the record is chained, and {} could not be written", mark, unwritable);
            return true;
        }
    }

    private void tell(String line) {
        LOG.info("{}", line);
        progress.accept(line);
    }

    private void remember(Instant at) throws IOException {
        if (!Files.exists(mark)) {
            PrivateFiles.write(mark, ("chained on " + at + "\n").getBytes(StandardCharsets.UTF_8));
        }
    }

    @Override
    public void close() {
        closed.countDown();
        try {
            thread.join(TimeUnit.SECONDS.toMillis(PAUSE_SECONDS));
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
    }
}
