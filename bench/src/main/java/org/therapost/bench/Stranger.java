package org.therapost.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.therapost.bench.load.LoadTarget;
import org.therapost.bench.machine.LoopbackNames;

/**
 * Somebody on this machine whose mail makes the server ask slow questions: its domains' SPF names ten hosts with ten exchangers
 * each ({@link LoopbackNames}). It knows one thread's address, sends one mail after the other over each connection, and tries
 * again whatever the answer is.
 */
final class Stranger implements AutoCloseable {

    private static final int PATIENCE_MILLIS = 60_000;

    /** After an answer that came at once: a stranger in a hurry would measure the server's refusals only. */
    private static final int PAUSE_MILLIS = 500;

    private final LoadTarget victim;
    private final ExecutorService connections;
    private final List<Socket> open = new ArrayList<>();
    private final CountDownLatch waiting;
    private final AtomicInteger late = new AtomicInteger();
    private final AtomicInteger early = new AtomicInteger();
    private volatile boolean closed;

    private Stranger(LoadTarget victim, int count) {
        this.victim = victim;
        this.connections = Executors.newFixedThreadPool(count);
        this.waiting = new CountDownLatch(count);
    }

    /** @param victim to whose thread the mail goes */
    static Stranger start(LoadTarget victim, int count, int networks) {
        Stranger stranger = new Stranger(victim, count);
        for (int i = 0; i < count; i++) {
            int network = i % networks;
            // Each network is an IPv4 /24 of loopback, away from the clients' 127.0.0.1.
            String address = "127." + (network + 1) + ".0." + (i / networks + 1);
            stranger.connections.execute(() -> stranger.write(address, "m@slow" + network + ".example"));
        }
        return stranger;
    }

    /** Returns when every connection has a mail that waits for its answer. */
    void awaitWaiting() throws IOException, InterruptedException {
        if (!waiting.await(1, TimeUnit.MINUTES)) {
            throw new IOException("The stranger was not let in");
        }
    }

    /** What became of its mail so far. */
    String describe() {
        return "Answers to the stranger in the last round: " + late + " after its questions, " + early + " at once.";
    }

    @Override
    public void close() {
        closed = true;
        synchronized (open) {
            open.forEach(Stranger::hangUp);
        }
        connections.shutdownNow();
        try {
            if (!connections.awaitTermination(10, TimeUnit.SECONDS)) {
                throw new IllegalStateException("the stranger does not go");
            }
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(String address, String sender) {
        boolean first = true;
        while (!closed) {
            try (Socket socket = new Socket(
                    victim.server().getAddress(), victim.server().getPort(), InetAddress.getByName(address), 0)) {
                socket.setSoTimeout(PATIENCE_MILLIS);
                synchronized (open) {
                    open.add(socket);
                }
                BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII));
                reply(in);
                say(socket, in, "EHLO stranger.example");
                while (!closed) {
                    first = mail(socket, in, sender, first);
                }
            } catch (IOException refused) {
                pause();
            }
        }
    }

    /** @return whether this connection has still to send its first mail */
    private boolean mail(Socket socket, BufferedReader in, String sender, boolean first) throws IOException {
        say(socket, in, "MAIL FROM:<" + sender + ">");
        say(socket, in, "RCPT TO:<" + victim.recipient() + ">");
        say(socket, in, "DATA");
        send(socket, "From: <" + sender + ">\r\nTo: <" + victim.recipient() + ">\r\nSubject: x\r\n\r\nx\r\n.");
        if (first) {
            waiting.countDown();
        }
        long began = System.nanoTime();
        reply(in);
        if (System.nanoTime() - began < TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS)) {
            early.incrementAndGet();
            pause();
        } else {
            late.incrementAndGet();
        }
        return false;
    }

    private static void say(Socket socket, BufferedReader in, String line) throws IOException {
        send(socket, line);
        String answer = reply(in);
        if (!answer.startsWith("2") && !answer.startsWith("3")) {
            throw new IOException("refused");
        }
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write((text + "\r\n").getBytes(US_ASCII));
        out.flush();
    }

    private static String reply(BufferedReader in) throws IOException {
        String line = in.readLine();
        while (line != null && line.length() > 3 && line.charAt(3) == '-') {
            line = in.readLine();
        }
        if (line == null) {
            throw new IOException("hung up");
        }
        return line;
    }

    private void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
        } catch (InterruptedException stop) {
            closed = true;
        }
    }

    private static void hangUp(Socket socket) {
        try {
            socket.close();
        } catch (IOException gone) {
            // it is closed either way
        }
    }
}
