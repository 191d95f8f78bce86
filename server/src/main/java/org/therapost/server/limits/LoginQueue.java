package org.therapost.server.limits;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Where passwords are hashed: a few at a time, in the order in which they came. What finds no room is rejected. */
public final class LoginQueue implements Executor, AutoCloseable {

    private static final int IDLE_SECONDS = 30;

    private final ThreadPoolExecutor hashing;

    /**
     * Begins empty.
     *
     * @param atATime passwords that are hashed at the same time
     * @param waiting more that may wait
     */
    public LoginQueue(int atATime, int waiting) {
        this.hashing =
                new ThreadPoolExecutor(atATime, atATime, IDLE_SECONDS, TimeUnit.SECONDS, queue(waiting), task -> {
                    Thread thread = new Thread(task, "login");
                    thread.setDaemon(true);
                    return thread;
                });
        hashing.allowCoreThreadTimeOut(true);
    }

    private static BlockingQueue<Runnable> queue(int waiting) {
        return waiting == 0 ? new SynchronousQueue<>() : new LinkedBlockingQueue<>(waiting);
    }

    @Override
    public void execute(Runnable login) {
        hashing.execute(login);
    }

    /** Logins that wait now. */
    public int waiting() {
        return hashing.getQueue().size();
    }

    /** What waits is dropped: its connections are gone. */
    @Override
    public void close() {
        hashing.shutdownNow();
    }
}
