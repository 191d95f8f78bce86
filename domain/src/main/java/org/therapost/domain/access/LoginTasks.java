package org.therapost.domain.access;

import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.therapost.domain.answers.CannotTellException;
import org.therapost.domain.answers.RefusedException;
import org.therapost.domain.sealing.ReaderView;

/** Runs what a login sets going, beside the login, which does not wait for it. The key stays open until all tasks have ended. */
public final class LoginTasks {

    /** A login sets nothing going. */
    public static final LoginTasks NONE = new LoginTasks(List.of(), Runnable::run, failure -> {});

    private final List<LoginTask> tasks;
    private final Executor executor;
    private final Consumer<Exception> failures;

    /**
     * @param executor runs them; what it refuses is done at the next login
     * @param failures is told of a task that failed; its text names nobody
     */
    public LoginTasks(List<LoginTask> tasks, Executor executor, Consumer<Exception> failures) {
        this.tasks = List.copyOf(tasks);
        this.executor = executor;
        this.failures = failures;
    }

    boolean isEmpty() {
        return tasks.isEmpty();
    }

    /** @param login is closed when the tasks have ended, also if they could not be begun */
    void begin(ReaderLogin login, ReaderView view) {
        try {
            executor.execute(() -> run(login, view));
        } catch (RejectedExecutionException full) {
            login.close();
        }
    }

    private void run(ReaderLogin login, ReaderView view) {
        try (login) {
            for (LoginTask task : tasks) {
                try {
                    task.run(login.account(), view);
                } catch (RefusedException | CannotTellException | RuntimeException failed) {
                    failures.accept(failed);
                }
            }
        }
    }
}
