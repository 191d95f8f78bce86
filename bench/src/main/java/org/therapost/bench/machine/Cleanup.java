package org.therapost.bench.machine;

import java.util.ArrayDeque;
import java.util.Deque;

/** What has to go when the run ends, however it ends: last made, first gone. Runs as the virtual machine's shutdown hook. */
public final class Cleanup implements Runnable {

    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    public synchronized <T extends AutoCloseable> T later(T made) {
        open.push(made);
        return made;
    }

    /** Also after a signal; the run itself must then not go on to measure servers that are being stopped. */
    public void atTheEnd() {
        Thread run = Thread.currentThread();
        Runnable end = () -> {
            run.interrupt();
            run();
        };
        Runtime.getRuntime().addShutdownHook(new Thread(end, "cleanup"));
    }

    @Override
    @SuppressWarnings("CatchAndPrintStackTrace") // nobody is left to tell; the others must go all the same
    public synchronized void run() {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (Exception e) {
                e.printStackTrace();
            }
        }
    }
}
