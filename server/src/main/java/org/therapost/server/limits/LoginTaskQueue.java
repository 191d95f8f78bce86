package org.therapost.server.limits;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;

/** Where the tasks of logins run, one login after the other: they wait for nobody, and nobody waits for them. */
public final class LoginTaskQueue implements Executor, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoginTaskQueue.class);
    private static final int IDLE_SECONDS = 30;
    private static final int WAITING = 1_000;

    private final ThreadPoolExecutor worker =
            new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(WAITING), task -> {
                Thread thread = new Thread(task, "login-tasks");
                thread.setDaemon(true);
                return thread;
            });

    /** Begins empty. */
    public LoginTaskQueue() {
        worker.allowCoreThreadTimeOut(true);
    }

    /** Logs that a task failed. It is begun anew at the next login. */
    public static void failed(Exception failure) {
        // The text of an unchecked exception is somebody else's, and may quote a row.
        boolean ours = failure instanceof CannotTellException || failure instanceof RefusedException;
        LOG.warn(
                "a task of a login failed, and is done at the next one: {}",
                ours ? failure.getMessage() : failure.getClass().getName());
    }

    @Override
    public void execute(Runnable task) {
        worker.execute(task);
    }

    /** What waits is dropped, and done at the next login of the same therapist. */
    @Override
    public void close() {
        worker.shutdownNow();
    }
}
